import { markup, type Markup } from './markup.js';

/** Two lists of texts side by side, and where they first differ. */
export interface Compared {
  readonly expected: readonly string[];
  readonly observed: readonly string[];
  /** The place of the first text that differs; -1 where none does. */
  readonly first: number;
}

/** Compares texts one by one. */
export function compared(expected: readonly string[], observed: readonly string[]): Compared {
  const length = Math.max(expected.length, observed.length);
  const first = Array.from({ length }, (_, at) => at).find((at) => expected[at] !== observed[at]) ?? -1;
  return { expected, observed, first };
}

/** A text in which what differs from another is marked: all of it where nothing is the same. */
export function marked(text: string, other: string): Markup {
  const most = Math.min(text.length, other.length);
  let start = 0;
  while (start < most && text[start] === other[start]) start++;
  let end = 0;
  while (end < most - start && text.at(-1 - end) === other.at(-1 - end)) end++;
  // Whole words are easier to read than letters, and no character is cut.
  start = text.lastIndexOf(' ', start) + 1;
  const after = text.indexOf(' ', text.length - end);
  const stop = after < 0 || end === 0 ? text.length : after;
  return markup`${text.slice(0, start)}<mark>${text.slice(start, stop)}</mark>${text.slice(stop)}`;
}
