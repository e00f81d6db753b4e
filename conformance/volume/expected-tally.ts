import type { ExpectedFailure } from '../expectations/expectations.js';
import type { VolumeExpected, VolumeMismatch } from './volume-job.js';

/** Counts generated cases that failed as expected, by entry, and keeps the first of each. */
export class ExpectedTally {
  readonly #counts = new Map<ExpectedFailure, VolumeExpected>();

  add(entry: ExpectedFailure, mismatch: VolumeMismatch): void {
    const known = this.#counts.get(entry);
    const first = known?.first ?? mismatch;
    this.#counts.set(entry, { entry, cases: (known?.cases ?? 0) + 1, first });
  }

  list(): readonly VolumeExpected[] {
    return [...this.#counts.values()];
  }
}
