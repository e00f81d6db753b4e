import type { SentCase } from '../../model/sent-case.js';
import type { Tries } from './tries.js';

/** The places of the cases that fail when a fresh process runs all of them, in order. */
export type FailingPlaces = (cases: readonly SentCase[]) => Promise<readonly number[]>;

/** What a sequence is looked for with. */
export interface SequenceSearch {
  readonly failing: FailingPlaces;
  /** The last cases that came before, at most so many of them; the latest last. */
  readonly before: (most: number) => readonly SentCase[];
  readonly tries: Tries;
}
