declare const VISIBLE: unique symbol;
declare const LINES: unique symbol;

/**
 * Text in which every character is seen: it holds no control, format or other invisible character
 * but the ends of its lines, so that it moves no cursor, hides nothing, and looks like nothing that
 * it is not. What is written for a user is of this type; only the functions of this file make it.
 */
export type VisibleText = string & { readonly [VISIBLE]: true };

/** Visible text of any number of lines, each with its line end. */
export type VisibleLines = VisibleText & { readonly [LINES]: true };

/** What can stand in a line: whole lines cannot, since their ends would be shown as characters. */
type Part = number | bigint | boolean | (string & { readonly [LINES]?: never });

/**
 * Controls, formats (bidirectional ones, those of no width, a byte order mark), halves of
 * surrogates, unassigned and private characters, line and paragraph separators, all that is
 * ignorable or blank but the space itself.
 */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
const HIDDEN_BUT_LINE_ENDS = new RegExp(`(?!\\n)(?:${HIDDEN.source})`, 'gu');

/** Characters of one value in a line at most; what is longer is cut, with its length told. */
const LONGEST = 16_384;
/** Characters at most of what a subject or a file says of itself. */
const BRIEF = 400;

/**
 * A line from a template: each value in it is shown on this line, whatever it holds. A line that
 * was made so can be a part of another.
 */
export function visible(texts: TemplateStringsArray, ...parts: readonly Part[]): VisibleText {
  return texts
    .map((text, at) => (at === 0 ? text : visibleLine(cut(String(parts[at - 1]), LONGEST)) + text))
    .join('') as VisibleText;
}

/** A text as it can be shown on one line: an end of a line stands there as `\n`. */
export function visibleLine(text: string): VisibleText {
  return text.replace(HIDDEN, escaped) as VisibleText;
}

/** A text of several lines, the ends of which are our own. */
export function visibleLines(text: string): VisibleLines {
  return text.replace(HIDDEN_BUT_LINE_ENDS, escaped) as VisibleLines;
}

/** A value as JSON in which every character is seen; it reads back as the same value. */
export function visibleJson(
  value: unknown,
  replacer: ((key: string, value: unknown) => unknown) | null = null,
  space = 0,
): VisibleLines {
  const json = JSON.stringify(value, replacer ?? undefined, space);
  return json.replace(HIDDEN_BUT_LINE_ENDS, (character) =>
    Array.from({ length: character.length }, (_, at) => fourDigits(character.charCodeAt(at))).join(''),
  ) as VisibleLines;
}

/** Lines one below the other, each with its line end. */
export function lineList(lines: readonly VisibleText[]): VisibleLines {
  return lines.map((line) => `${line}\n`).join('') as VisibleLines;
}

/** Visible texts one behind the other. */
export function together(...texts: readonly VisibleText[]): VisibleLines {
  return texts.join('') as VisibleLines;
}

/** What a subject or a file says, cut where it is long, with its length told. */
export function briefly(text: string, most = BRIEF): VisibleText {
  return visibleLine(cut(text, most));
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not between the halves of a character.
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length} characters)`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  // A byte that is no UTF-8, as reference/text/name-bytes.ts keeps it.
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : fourDigits(code);
}

function fourDigits(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
