import { visibleLines, type VisibleLines } from '../model/visible-text.js';

/** Characters of a line on the console: what every terminal and log shows whole. */
export const COLUMNS = 80;

/** Where the text of a line begins that has a label before it. */
const LABELLED = 12;
/** Fewer characters than that are no line of their own. */
const LEAST = 20;

/**
 * Lines of {@link COLUMNS} characters at most: a longer one goes on in the next, as far in as its
 * text begins. A command or the path of a report is left as it is, since
 * it is copied.
 */
export function foldLines(text: VisibleLines): VisibleLines {
  return visibleLines(text.split('\n').map(folded).join('\n'));
}

function folded(line: string): string {
  if (line.length <= COLUMNS || isCopied(line)) return line;
  const blanks = /^ */.exec(line)?.[0].length ?? 0;
  const isLabelled = /^ {2}[a-z]+ {2,}\S/.test(line) && line.charAt(LABELLED - 1) === ' ';
  const indent = ' '.repeat(Math.min(isLabelled ? LABELLED : blanks + 2, COLUMNS - LEAST));
  const lines: string[] = [];
  let rest = line;
  while (rest.length > COLUMNS) {
    const end = endOfLine(rest, lines.length === 0 ? blanks : indent.length);
    lines.push(rest.slice(0, end).trimEnd());
    rest = indent + rest.slice(end).trimStart();
  }
  return [...lines, rest].join('\n');
}

function isCopied(line: string): boolean {
  return /(?:^| {2})npx trt-conformance |: --case inline:|^Report: /.test(line);
}

/** Behind the last blank that fits, or else the last sign in a name; in a word, if need be. */
function endOfLine(line: string, start: number): number {
  const fits = line.slice(0, COLUMNS + 1);
  const blank = fits.lastIndexOf(' ');
  if (blank > start + LEAST) return blank;
  const sign = Math.max(...['/', ',', '=', ':'].map((one) => fits.lastIndexOf(one, COLUMNS - 1))) + 1;
  if (sign > start + LEAST) return sign;
  // Not between the halves of a character.
  return /[\ud800-\udbff]/.test(line.charAt(COLUMNS - 1)) ? COLUMNS - 1 : COLUMNS;
}
