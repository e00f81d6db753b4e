import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Depth } from '../model/depth.js';
import type { BulkMismatch, BulkReport } from './bulk-job.js';
import { brokenClause } from './broken-clause.js';
import { type DifferingAnswer, observedOf } from './differing-answers.js';

/**
 * Counts generated cases that failed, each under the clause that it breaks, and keeps some of them:
 * the first ones, and the first of every clause. What is kept stays small however many fail.
 */
export class MismatchTally {
  readonly #most: number;
  readonly #kept: BulkMismatch[] = [];
  readonly #broken: Partial<Record<ClauseId, number>> = {};
  #failed = 0;

  /** @param most cases that are kept besides the first of every clause */
  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a case that failed. */
  add(depth: Depth, mismatch: BulkMismatch, { wanted, answer }: DifferingAnswer): void {
    const clause =
      answer instanceof Uint8Array
        ? brokenClause(depth, { record: mismatch.record, wanted, answer })
        : 'WSB-FAIL-14';
    const before = this.#broken[clause] ?? 0;
    this.#broken[clause] = before + 1;
    this.#failed++;
    if (before === 0 || this.#kept.length < this.#most) {
      this.#kept.push({ ...mismatch, clause, ...observedOf(answer) });
    }
  }

  /** What was counted. */
  report(): Pick<BulkReport, 'failed' | 'mismatches' | 'broken'> {
    const broken = this.#failed === 0 ? {} : { broken: this.#broken };
    return { failed: this.#failed, mismatches: this.#kept, ...broken };
  }
}
