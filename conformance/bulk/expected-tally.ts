import type { ExpectedFailure } from '../expectations/expected-failure.js';
import type { BulkExpected, BulkMismatch } from './bulk-job.js';

/**
 * Counts generated cases of a job that failed as expected, by entry, and keeps the first of each.
 * Blocks may come in any order, the cases of one in theirs.
 */
export class ExpectedTally {
  readonly #counts = new Map<ExpectedFailure, BulkExpected>();

  /** @param isTold whether the case has the message of the entry; asked until one has */
  add(entry: ExpectedFailure, mismatch: BulkMismatch, isTold: () => boolean): void {
    const known = this.#counts.get(entry);
    this.#counts.set(entry, {
      entry,
      cases: (known?.cases ?? 0) + 1,
      first: known === undefined || mismatch.block < known.first.block ? mismatch : known.first,
      told: known?.told === true || isTold(),
    });
  }

  /** The counts, in the order of the first cases. */
  list(): readonly BulkExpected[] {
    return [...this.#counts.values()].sort((a, b) => a.first.block - b.first.block);
  }
}
