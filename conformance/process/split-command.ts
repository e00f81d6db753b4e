import { SubjectError } from '../model/subject-error.js';

/**
 * The words of a command line: a program and its arguments. No shell is involved, so nothing is expanded. Blanks part words; `'…'`
 * and `"…"` keep blanks; a backslash, but within `'…'`, takes the next character as it is.
 *
 * @throws SubjectError when there is no word, or a quotation mark or a backslash has no end.
 */
export function splitCommand(text: string): readonly [program: string, ...args: string[]] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") {
      if (at + 1 === text.length) throw unfinished(text, 'a backslash');
      word = (word ?? '') + text.charAt(++at);
    } else if (quote !== null) {
      if (char === quote) quote = null;
      else word = (word ?? '') + char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + char;
  }
  if (quote !== null) throw unfinished(text, `a ${quote}`);
  if (word !== null) words.push(word);
  const [program, ...args] = words;
  if (program === undefined || program === '') {
    throw new SubjectError('unknown', 'exec: needs a command, such as "exec:python3 native/kit/subject.py".');
  }
  return [program, ...args];
}

function unfinished(text: string, what: string): SubjectError {
  return new SubjectError(
    'unknown',
    `The command ${text} ends amid ${what}. Quote it once more for your shell.`,
  );
}
