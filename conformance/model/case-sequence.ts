import type { Case } from './case.js';

/** A case of a sequence, and how often it is run there before the next one is. */
export interface SequenceEntry {
  readonly case: Case;
  /**
   * At decision depth the record that is sent (spec/decision-format.md), which the case shows to a
   * reader; null at program depth.
   */
  readonly decision: Uint8Array | null;
  /** At least 1. */
  readonly times: number;
}

/**
 * Cases that one fresh process runs one after another. The last run of the last one is what it is
 * about.
 */
export type CaseSequence = readonly SequenceEntry[];

/** How many loads come before the last one. */
export function othersOf(sequence: CaseSequence): number {
  return sequence.reduce((sum, { times }) => sum + times, 0) - 1;
}
