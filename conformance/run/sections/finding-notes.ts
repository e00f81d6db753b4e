import type { Case } from '../../model/case.js';
import type { Verdict } from '../../model/verdict.js';
import { fingerprint } from '../../model/fingerprint.js';
import { generatedFromRecord } from '../../generators/generated-from-record.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import { caseRequest } from '../../generators/case-request.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { loadRequests } from '../../generators/load-requests.js';
import type { OpenSubject } from '../../subjects/open-subject.js';
import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { BulkIncident, BulkMismatch } from '../../bulk/bulk-job.js';
import type { Depth } from '../../model/depth.js';
import type { BlockRunner } from '../blocks/block-runner.js';
import type { Mismatch } from '../../model/mismatch.js';
import { crashAlone, incidentMismatch } from '../blocks/crash-alone.js';
import { decisionMismatch, requestMismatchAtDecisionDepth } from '../blocks/decision-mismatch.js';
import { Attribution } from '../../attribution/attribution.js';
import { generatedCaseRecord } from '../../generators/generated-case-record.js';
import { expectedFinding } from '../../attribution/judge.js';
import { minimize } from '../shrink/shrink.js';
import { isQuiet, verdictOf } from '../../attribution/mismatch-verdict.js';
import type { CaseResult } from '../../model/run-result.js';
import type { RunState } from '../state/run-state.js';
import { withoutTrouble } from '../shrink/neutralize.js';

/** How many findings are made small; further ones are shown on cases as they came. */
const MOST_MINIMIZED = 20;

/** Names, as a fingerprint does, the flat cases that break a clause. */
function inBulk(clause: ClauseId): string {
  return fingerprint('fail', clause, 'in bulk');
}

/** How a case fails now; null when it does not. */
type RunCase = (candidate: GeneratedCase) => Promise<Mismatch | null>;

/**
 * Makes findings of mismatches, and notes them in the state of the run: one for each fault, of
 * generated cases on the smallest that shows it. What the subject is known to fail is told apart.
 */
export class FindingNotes {
  readonly #opened: Pick<OpenSubject, 'subject' | 'oracle'>;
  readonly #blocks: BlockRunner;
  readonly #state: RunState;
  readonly #attribution: Attribution;
  readonly #atProgramDepth: RunCase = async (candidate) => {
    const [mismatch] = await this.#blocks.run(loadRequests([candidate]));
    return mismatch === undefined || isQuiet(verdictOf(mismatch)) ? null : mismatch;
  };
  readonly #atDecisionDepth: RunCase = (candidate) =>
    requestMismatchAtDecisionDepth(this.#opened.subject, caseRequest(candidate));

  constructor(opened: Pick<OpenSubject, 'subject' | 'oracle'>, blocks: BlockRunner, state: RunState) {
    this.#opened = opened;
    this.#blocks = blocks;
    this.#state = state;
    this.#attribution = new Attribution(opened.oracle, state.ledger);
  }

  /** The verdict on a written case that did not pass, and the fingerprint of its finding. */
  fixed(one: Case, mismatch: Mismatch): Pick<CaseResult, 'verdict' | 'finding'> {
    const verdict = verdictOf(mismatch);
    if (isQuiet(verdict)) return { verdict, finding: null };
    const { known, ledger } = this.#state;
    const entry = known.expecting(one, mismatch);
    if (entry === null) return { verdict, finding: this.#fixedFailed(one, mismatch) };
    const finding = expectedFinding(one, entry.clause, mismatch);
    ledger.add(finding);
    return { verdict: finding.verdict, finding: finding.fingerprint };
  }

  /** The verdict on a generated case that did not pass; nothing is noted of the case. */
  generatedVerdict(mismatch: Mismatch): Verdict {
    const verdict = verdictOf(mismatch);
    const isExpected = !isQuiet(verdict) && this.#state.known.expecting(null, mismatch) !== null;
    return isExpected ? 'expected-fail' : verdict;
  }

  /** Notes a generated case that did not pass at program depth; gives the verdict on it. */
  async generated(block: readonly GeneratedCase[], mismatch: Mismatch): Promise<Verdict> {
    const verdict = verdictOf(mismatch);
    const generated = block[mismatch.at];
    if (generated === undefined || isQuiet(verdict)) return verdict;
    const entry = this.#state.known.expecting(null, mismatch);
    if (entry !== null) {
      await this.#expected(entry, 1, generated, mismatch, this.#atProgramDepth);
      return 'expected-fail';
    }
    if (mismatch.incident === undefined) await this.#note(generated, mismatch, this.#atProgramDepth);
    else await this.#noteIncident('program', generated, mismatch);
    return verdict;
  }

  /** A flat case that failed, taken up as a generated one, or shown as a decision. */
  async flatFailed({ record, clause }: BulkMismatch): Promise<void> {
    const found = await this.#taken(record);
    if (found === null) return;
    const finding = await this.#note(found.generated, found.mismatch, found.runCase);
    if (clause === undefined || this.#state.minimized(inBulk(clause)) !== undefined) return;
    this.#state.noteMinimized(inBulk(clause), finding);
  }

  /**
   * Counts flat cases that failed and are not looked at, to the finding that the first of them
   * which was looked at came down to. Where none came back they stay failures of no finding.
   */
  flatCounted(clause: ClauseId, cases: number): void {
    const { ledger } = this.#state;
    const finding = this.#state.minimized(inBulk(clause)) ?? fingerprint('fail', clause);
    ledger.count(finding, cases);
  }

  /** Flat cases that failed as an entry says, of which this is one. */
  async flatExpected(entry: ExpectedFailure, cases: number, record: Uint8Array): Promise<void> {
    if (this.#state.ledger.count(fingerprint('expected-fail', entry.clause), cases)) return;
    const found = await this.#taken(record);
    if (found !== null) await this.#expected(entry, cases, found.generated, found.mismatch, found.runCase);
  }

  /** A flat case without an outcome, taken up as a generated one. */
  async flatIncident(depth: Depth, { record, incident }: BulkIncident): Promise<void> {
    const generated = generatedFromRecord(record);
    const [request] = loadRequests([generated]);
    if (request === undefined || isQuiet(incident.kind)) return;
    const { oracle } = this.#opened;
    const mismatch = incidentMismatch(oracle, depth, record, request, incident);
    await this.#noteIncident(depth, generated, mismatch);
  }

  #fixedFailed(one: Case, mismatch: Mismatch): string {
    const { ledger } = this.#state;
    // A golden program, and a case at decision depth, fails for the reason for which the case that
    // it was made from failed.
    const twin = this.#state.caseResult(one.id.replace(/^(?:golden|rules)\//, ''));
    if (twin?.finding != null && twin.verdict !== 'expected-fail' && mismatch.incident === undefined) {
      ledger.count(twin.finding);
      return twin.finding;
    }
    const finding = this.#attribution.fixed(one, mismatch);
    ledger.add(finding);
    return finding.fingerprint;
  }

  /** Cases that failed as an entry says; one is made small where no other shows the same. */
  async #expected(
    entry: ExpectedFailure,
    cases: number,
    generated: GeneratedCase,
    mismatch: Mismatch,
    runCase: RunCase,
  ): Promise<void> {
    const { known, ledger } = this.#state;
    if (ledger.count(fingerprint('expected-fail', entry.clause), cases)) return;
    const again: RunCase = async (candidate) => {
      const found = await runCase(candidate);
      return found !== null && known.expecting(null, found) === entry ? found : null;
    };
    const { small, mismatch: shown } = await minimize(generated, mismatch, again, this.#attribution);
    const finding = expectedFinding(generatedCaseRecord(small, [entry.clause]), entry.clause, shown);
    ledger.add({ ...finding, occurrences: cases });
  }

  /** A flat case as a generated one, and how it fails and is run; null when it fails no more. */
  async #taken(
    record: Uint8Array,
  ): Promise<{ generated: GeneratedCase; mismatch: Mismatch; runCase: RunCase } | null> {
    const generated = generatedFromRecord(record);
    const plain = withoutTrouble(generated);
    // What troubles an engine has no part in decisions; at program depth it can end a load before
    // the budget is looked at.
    const tries = [
      [generated, this.#atProgramDepth],
      [plain, this.#atProgramDepth],
      [plain, this.#atDecisionDepth],
    ] as const;
    for (const [candidate, runCase] of tries) {
      const mismatch = await runCase(candidate);
      if (mismatch !== null) return { generated: candidate, mismatch, runCase };
    }
    const [request] = loadRequests([generated]);
    const { subject } = this.#opened;
    const mismatch = request === undefined ? null : await decisionMismatch(subject, record, request);
    return mismatch === null ? null : { generated, mismatch, runCase: this.#atDecisionDepth };
  }

  /**
   * A crash is made small by running candidates alone; what takes other cases before it, or takes
   * its time, is shown as it came.
   */
  async #noteIncident(depth: Depth, generated: GeneratedCase, mismatch: Mismatch): Promise<void> {
    const { incident } = mismatch;
    const crashesAlone = incident?.kind === 'crashed' && incident.cases === 1;
    const again: RunCase = (candidate) =>
      crashAlone(this.#opened, depth, candidate, incident?.signal ?? null);
    await this.#note(generated, mismatch, crashesAlone ? again : null);
  }

  /** `runCase` is null for a case that is shown as it came. */
  async #note(generated: GeneratedCase, mismatch: Mismatch, runCase: RunCase | null): Promise<string> {
    const { ledger } = this.#state;
    const first = this.#attribution.fingerprint(mismatch);
    const known = this.#state.minimized(first);
    if (known !== undefined) {
      ledger.count(known);
      return known;
    }
    const shown =
      this.#state.minimizedCount < MOST_MINIMIZED && runCase !== null
        ? await minimize(generated, mismatch, runCase, this.#attribution)
        : { small: generated, mismatch };
    const finding = this.#attribution.generated(shown.small, shown.mismatch);
    ledger.add(finding);
    this.#state.noteMinimized(first, finding.fingerprint);
    return finding.fingerprint;
  }
}
