import { countText } from '../model/count-text.js';
import type { RunPart } from '../run/plan/section.js';
import { lineList, together, visible, type VisibleText } from '../model/visible-text.js';

const MILLISECONDS_BETWEEN = 100;
// The one thing that a terminal is to obey.
// eslint-disable-next-line no-restricted-syntax
const CLEAR_LINE = '\r\u001b[2K' as VisibleText;

/** Clears a terminal; nothing else is to get it. */
// eslint-disable-next-line no-restricted-syntax
export const CLEAR_SCREEN = '\u001b[2J\u001b[H' as VisibleText;

/** Where progress is written: standard error, which tells whether it is a terminal. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: VisibleText): unknown;
}

/**
 * Shows how far a run is. On a terminal: one line that is written over. Elsewhere: a line when a
 * section of generated cases begins, and nothing more, so that a log stays short.
 */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #now: () => number;
  #last = -Infinity;

  constructor(stream: ProgressStream, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
  }

  /** Tells that `done` cases of a part of the run are done. */
  update({ name, size, of }: RunPart, done: number): void {
    // Checks write lines of their own.
    if (of === 'checks') {
      this.end();
      return;
    }
    if (this.#stream.isTTY !== true) {
      if (of === 'drawn' && done === 0)
        this.#stream.write(lineList([visible`${name}: ${countText(size)} cases`]));
      return;
    }
    if (this.#now() - this.#last < MILLISECONDS_BETWEEN) return;
    this.#last = this.#now();
    const text = `${name}  ${countText(done)} of ${countText(size)} cases  ${percent(done, size)}`;
    this.#stream.write(together(CLEAR_LINE, visible`${text.slice(0, (this.#stream.columns ?? 80) - 1)}`));
  }

  /** Takes the line away. */
  end(): void {
    if (this.#stream.isTTY === true) this.#stream.write(CLEAR_LINE);
  }
}

function percent(done: number, size: number): string {
  return size === 0 ? '' : `${Math.floor((100 * done) / size)} %`;
}
