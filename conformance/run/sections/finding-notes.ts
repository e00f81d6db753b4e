import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { BulkIncident, BulkMismatch } from '../../bulk/bulk-job.js';
import type { FlatPlace } from '../../bulk/earlier-flat-cases.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { expectedFinding } from '../../attribution/judge.js';
import { isQuiet, verdictOf } from '../../attribution/mismatch-verdict.js';
import type { Case } from '../../model/case.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { CaseResult } from '../../model/run-result.js';
import type { Verdict } from '../../model/verdict.js';
import type { RunState } from '../state/run-state.js';
import { FaultNotes } from './fault-notes.js';
import type { LiveFailures } from './live-failures.js';
import { generatedVerdict } from './generated-verdict.js';
import type { FailedFlatCase, Notes } from './notes.js';

/**
 * Makes findings of mismatches as they come, and notes them in the state of the run. What the
 * subject is known to fail is told apart. What a finding is shown by was run again in a fresh
 * process.
 */
export class FindingNotes implements Notes {
  readonly #failures: LiveFailures;
  readonly #state: RunState;
  readonly #faults: FaultNotes;

  constructor(failures: LiveFailures, state: RunState) {
    this.#failures = failures;
    this.#state = state;
    this.#faults = new FaultNotes(state);
  }

  async fixed(one: Case, mismatch: Mismatch): Promise<Pick<CaseResult, 'verdict' | 'finding'>> {
    const verdict = verdictOf(mismatch);
    if (isQuiet(verdict)) return { verdict, finding: null };
    const { known, ledger } = this.#state;
    const entry = known.expecting(one, mismatch);
    if (entry === null) {
      return { verdict, finding: await this.#faults.written(this.#failures.written(one, mismatch)) };
    }
    const finding = expectedFinding(one, entry.clause, mismatch);
    ledger.add(finding);
    return { verdict: finding.verdict, finding: finding.fingerprint };
  }

  generatedVerdict(mismatch: Mismatch): Verdict {
    return generatedVerdict(this.#state.known, mismatch);
  }

  async generated(block: readonly GeneratedCase[], mismatch: Mismatch): Promise<Verdict> {
    const verdict = verdictOf(mismatch);
    const generated = block[mismatch.at];
    if (generated === undefined || isQuiet(verdict)) return verdict;
    const entry = this.#state.known.expecting(null, mismatch);
    if (entry === null) {
      await this.#faults.drawn(this.#failures.generated(generated, mismatch));
      return verdict;
    }
    await this.#faults.expected(entry, 1, () => this.#failures.expected(entry, generated, mismatch));
    return 'expected-fail';
  }

  async flatFailed(failed: FailedFlatCase): Promise<void> {
    await this.#faults.flat(failed.clause, await this.#failures.flat(failed));
  }

  flatCounted(clause: ClauseId, cases: number): void {
    this.#faults.flatCounted(clause, cases);
  }

  async flatExpected(entry: ExpectedFailure, cases: number, first: BulkMismatch): Promise<void> {
    await this.#faults.expected(entry, cases, () => this.#failures.flatExpected(entry, first.record));
  }

  async flatIncident(kind: FlatPlace['kind'], found: BulkIncident): Promise<void> {
    const failure = this.#failures.flatIncident(kind, found);
    if (failure !== null) await this.#faults.drawn(failure);
  }
}
