import { fingerprint } from '../compare/fingerprint.js';
import { generatedFromRecord } from '../decision/generated-from-record.js';
import type { ExpectedFailure } from '../expectations/expectations.js';
import type { KnownFailures } from '../expectations/known-failures.js';
import { caseRequest } from '../generators/case-request.js';
import type { GeneratedCase } from '../generators/generated-case.js';
import { loadRequests } from '../generators/load-requests.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import type { Depth, VolumeIncident } from '../volume/volume-job.js';
import type { BlockRunner, Mismatch } from './block-runner.js';
import { crashAlone, incidentMismatch } from './crash-alone.js';
import { decisionMismatch, requestMismatchAtDecisionDepth } from './decision-mismatch.js';
import { generatedCaseRecord } from './generated-case-record.js';
import { generatedFinding, generatedFingerprint } from './generated-finding.js';
import { expectedFinding } from './judge.js';
import type { Ledger } from './ledger.js';
import { minimize } from './minimize.js';
import { isQuiet, verdictOf } from './mismatch-verdict.js';
import { withoutTrouble } from './without-trouble.js';

/** How many findings are made small; a subject that breaks more rules than that is shown on cases as they came. */
const MOST_MINIMIZED = 20;

/** How a case fails now; null when it does not. */
type RunCase = (candidate: GeneratedCase) => Promise<Mismatch | null>;

/** Makes findings of generated cases that failed: one for each fault, on the smallest case that shows it. */
export class GeneratedNotes {
  readonly #opened: Pick<OpenSubject, 'subject' | 'oracle'>;
  readonly #blocks: BlockRunner;
  readonly #ledger: Ledger;
  readonly #known: KnownFailures;
  /** Which finding the first cases of each fingerprint came down to. */
  readonly #minimized = new Map<string, string>();
  readonly #atProgramDepth: RunCase = async (candidate) => {
    const [mismatch] = await this.#blocks.run(loadRequests([candidate]));
    return mismatch === undefined || isQuiet(verdictOf(mismatch)) ? null : mismatch;
  };
  readonly #atDecisionDepth: RunCase = (candidate) =>
    requestMismatchAtDecisionDepth(this.#opened.subject, caseRequest(candidate));

  constructor(
    opened: Pick<OpenSubject, 'subject' | 'oracle'>,
    blocks: BlockRunner,
    ledger: Ledger,
    known: KnownFailures,
  ) {
    this.#opened = opened;
    this.#blocks = blocks;
    this.#ledger = ledger;
    this.#known = known;
  }

  /** A case that failed, or that ended without an outcome, at program depth. */
  async failed(generated: GeneratedCase, mismatch: Mismatch): Promise<void> {
    if (mismatch.incident === undefined) await this.#note(generated, mismatch, this.#atProgramDepth);
    else await this.#noteIncident('program', generated, mismatch);
  }

  /** A flat case that failed, taken up as a generated one; if only its decision differs, it is shown as that. */
  async flatFailed(record: Uint8Array): Promise<void> {
    const found = await this.#taken(record);
    if (found !== null) await this.#note(found.generated, found.mismatch, found.runCase);
  }

  /** A flat case without an outcome, taken up as a generated one. */
  async flatIncident(depth: Depth, { record, incident }: VolumeIncident): Promise<void> {
    const generated = generatedFromRecord(record);
    const [request] = loadRequests([generated]);
    if (request === undefined) return;
    const { oracle } = this.#opened;
    const mismatch = incidentMismatch(oracle, depth, record, request, incident);
    await this.#noteIncident(depth, generated, mismatch);
  }

  /** Cases that failed as an entry says, of which this is one; it is only made small where no other shows the same. */
  async expected(
    entry: ExpectedFailure,
    cases: number,
    generated: GeneratedCase,
    mismatch: Mismatch,
    runCase = this.#atProgramDepth,
  ): Promise<void> {
    if (this.#ledger.count(fingerprint('expected-fail', entry.clause), cases)) return;
    const { small, mismatch: shown } = await minimize(generated, mismatch, async (candidate) => {
      const found = await runCase(candidate);
      return found !== null && this.#known.expecting(null, found) === entry ? found : null;
    });
    const finding = expectedFinding(generatedCaseRecord(small, [entry.clause]), entry.clause, shown);
    this.#ledger.add({ ...finding, occurrences: cases });
  }

  /** As {@link expected}, for flat cases. */
  async flatExpected(entry: ExpectedFailure, cases: number, record: Uint8Array): Promise<void> {
    if (this.#ledger.count(fingerprint('expected-fail', entry.clause), cases)) return;
    const found = await this.#taken(record);
    if (found !== null) await this.expected(entry, cases, found.generated, found.mismatch, found.runCase);
  }

  /** A flat case as a generated one, how it fails, and how others like it are run; null when it fails no more. */
  async #taken(
    record: Uint8Array,
  ): Promise<{ generated: GeneratedCase; mismatch: Mismatch; runCase: RunCase } | null> {
    const generated = generatedFromRecord(record);
    const plain = withoutTrouble(generated);
    // What troubles an engine has no part in decisions; at program depth it can end a load before the budget is looked at.
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

  /** A crash is made small by running candidates alone; what takes other cases before it, or takes its time, is shown as it came. */
  async #noteIncident(depth: Depth, generated: GeneratedCase, mismatch: Mismatch): Promise<void> {
    const { incident } = mismatch;
    const crashesAlone = incident?.kind === 'crashed' && incident.cases === 1;
    const again: RunCase = (candidate) =>
      crashAlone(this.#opened, depth, candidate, incident?.signal ?? null);
    await this.#note(generated, mismatch, crashesAlone ? again : null);
  }

  /** `runCase` is null for a case that is shown as it came. */
  async #note(generated: GeneratedCase, mismatch: Mismatch, runCase: RunCase | null): Promise<void> {
    const first = generatedFingerprint(mismatch);
    const known = this.#minimized.get(first);
    if (known !== undefined) {
      this.#ledger.count(known);
      return;
    }
    const shown =
      this.#minimized.size < MOST_MINIMIZED && runCase !== null
        ? await minimize(generated, mismatch, runCase)
        : { small: generated, mismatch };
    const finding = generatedFinding(shown.small, shown.mismatch, (clauses) => this.#ledger.choose(clauses));
    this.#ledger.add(finding);
    this.#minimized.set(first, finding.fingerprint);
  }
}
