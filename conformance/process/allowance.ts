import type { IncidentKind } from '../model/incident.js';
import { TIMEOUT_WEIGHT } from '../protocol/process-limits.js';

/**
 * How many faults are still put up with; a case that is waited for counts {@link TIMEOUT_WEIGHT}
 * times.
 */
export class Allowance {
  #left: number;

  constructor(readonly most: number) {
    this.#left = most;
  }

  /** Whether no further case is to be run. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** Counts faults of a kind; what is about the run and not about the subject costs nothing. */
  spend(kind: IncidentKind, count = 1): void {
    if (kind === 'unsupported' || kind === 'inconclusive') return;
    this.#left -= count * (kind === 'timed-out' ? TIMEOUT_WEIGHT : 1);
  }
}
