import { Ledger } from '../../attribution/ledger.js';
import { settledWritten, type TracedFinding } from '../../attribution/traced-finding.js';
import type { Finding } from '../../model/finding.js';
import { TWIN } from '../sections/fault-notes.js';

/**
 * The findings of written cases that a run of all cases has, too, when it comes to the next case of
 * a shard: those of one clause alone, whatever else is known, which have no case that they were
 * made from.
 */
export class SureFindings {
  readonly #ledger = new Ledger();

  /** Whether a run of all cases can show a finding by this case. */
  mayShow(traced: TracedFinding): boolean {
    return possible(traced).some((finding) => this.#ledger.wouldShow(finding));
  }

  /** A case that was run again. */
  add(traced: TracedFinding): void {
    const [first, ...others] = possible(traced);
    if (first === undefined || others.length > 0 || TWIN.test(first.case.id)) return;
    this.#ledger.add(first);
  }
}

/** What the finding of a case can be, by the clause that is chosen. */
function possible(traced: TracedFinding): readonly Finding[] {
  const findings = traced.clauses.map((clause) => settledWritten(traced, () => clause));
  return [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()];
}
