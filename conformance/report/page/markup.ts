import { visibleLine } from '../../model/visible-text.js';

/**
 * HTML that this folder wrote: whatever a subject, a file or a name says in it is text. A text can
 * say anything, but it never is one of these.
 */
export class Markup {
  readonly #text: string;

  /** @param text - HTML of our own, in which every text of others is escaped */
  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What can stand in a template: a text is escaped, markup stands as it is, null is nothing. */
export type Part = Markup | string | number | null | readonly Part[];

/** Characters of one text at most; what is longer is cut, with its length told. */
const LONGEST = 4000;

/**
 * Markup from a template, without the indentation of its lines. Parts stand between tags, or in
 * attributes between double quotes.
 */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const made = texts.map((text, at) => {
    const own = text.replace(/\s*\n\s*/g, '\n');
    return at === 0 ? own : `${written(parts[at - 1] ?? null)}${own}`;
  });
  return new Markup(made.join(''));
}

/** Texts one below the other, each on a line of its own, as in `<pre>`. */
export function textLines(lines: readonly string[]): Markup {
  return new Markup(lines.map((line) => escaped(visibleLine(cut(line)))).join('\n'));
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.toString();
  if (typeof part === 'string' || typeof part === 'number') return escaped(visibleLine(cut(String(part))));
  return part.map(written).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  // Not between the halves of a character.
  const end = /[\ud800-\udbff]/.test(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
  return `${text.slice(0, end)}… (${text.length} characters)`;
}
