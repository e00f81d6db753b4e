import { decide } from '../../reference/decision/decide.js';
import type { Case } from '../cases/case.js';
import { decisionAsOutcome } from '../decision/decision-as-outcome.js';
import { decodeDecision } from '../decision/decode-decision.js';
import { generatedFromRecord } from '../decision/generated-from-record.js';
import { caseRequest } from '../generators/case-request.js';
import type { GeneratedCase } from '../generators/generated-case.js';
import { loadRequests } from '../generators/load-requests.js';
import { encodedOutcome } from '../protocol/encode-outcome.js';
import type { Subject } from '../subjects/subject.js';
import type { VolumeIncident } from '../volume/volume-job.js';
import type { BlockRunner, Mismatch } from './block-runner.js';
import { decisionMismatch, requestMismatchAtDecisionDepth } from './decision-mismatch.js';
import { fixedFinding } from './fixed-finding.js';
import { generatedFinding, generatedFingerprint } from './generated-finding.js';
import { isQuiet, verdictOf } from './mismatch-verdict.js';
import { minimize } from './minimize.js';
import type { RunState } from './run-state.js';
import { withoutTrouble } from './without-trouble.js';

/** How many findings are made small; a subject that breaks more rules than that is shown on cases as they came. */
const MOST_MINIMIZED = 20;

/** Makes findings of mismatches, and notes them in the state of the run. */
export class FindingNotes {
  readonly #subject: Subject;
  readonly #blocks: BlockRunner;
  readonly #state: RunState;

  constructor(subject: Subject, blocks: BlockRunner, state: RunState) {
    this.#subject = subject;
    this.#blocks = blocks;
    this.#state = state;
  }

  /** The fingerprint of the finding that a written case which failed makes or adds to. */
  fixed(one: Case, mismatch: Mismatch): string {
    const { ledger } = this.#state;
    // A golden program fails for the reason for which the case that it was written from failed.
    const twin = this.#state.caseResult(one.id.replace(/^golden\//, ''))?.finding ?? null;
    if (twin !== null && mismatch.incident === undefined) {
      ledger.count(twin);
      return twin;
    }
    const finding = fixedFinding(one, mismatch, ledger);
    ledger.add(finding);
    return finding.fingerprint;
  }

  /** A generated case that failed. */
  async generated(block: readonly GeneratedCase[], mismatch: Mismatch): Promise<void> {
    const generated = block[mismatch.at];
    if (generated === undefined) return;
    const { ledger } = this.#state;
    const first = generatedFingerprint(mismatch);
    const known = this.#state.minimized(first);
    if (known !== undefined) {
      ledger.count(known);
      return;
    }
    const shown =
      this.#state.minimizedCount < MOST_MINIMIZED && mismatch.incident === undefined
        ? await minimize(generated, mismatch, (candidate) => this.#run(candidate))
        : { small: generated, mismatch };
    const finding = generatedFinding(shown.small, shown.mismatch, (clauses) => ledger.choose(clauses));
    ledger.add(finding);
    this.#state.noteMinimized(first, finding.fingerprint);
  }

  /** A flat case that failed, taken up as a generated one; if only its decision differs, it is shown as that. */
  async record(record: Uint8Array): Promise<void> {
    const generated = generatedFromRecord(record);
    const [request] = loadRequests([generated]);
    if (request === undefined) return;
    // What troubles an engine has no part in decisions; at program depth it can end a load before the budget is looked at.
    for (const each of [generated, withoutTrouble(generated)]) {
      const mismatch = await this.#run(each);
      if (mismatch !== null) {
        await this.generated([each], mismatch);
        return;
      }
    }
    const shown = await decisionMismatch(this.#subject, record, request);
    if (shown !== null) await this.generated([generated], shown);
  }

  /** A flat case without an outcome, taken up as a generated one. */
  async incident({ record, incident }: VolumeIncident): Promise<void> {
    const generated = generatedFromRecord(record);
    const [request] = loadRequests([generated]);
    if (request === undefined || isQuiet(incident.kind)) return;
    const expected = encodedOutcome(decisionAsOutcome(decide(decodeDecision(record, 0))));
    const observed = new Uint8Array(0);
    await this.generated([generated], { at: 0, request, expected, observed, incident });
  }

  async #run(generated: GeneratedCase): Promise<Mismatch | null> {
    const [mismatch] = await this.#blocks.run(loadRequests([generated]));
    // A subject without program depth is asked at the depth that it has, so that its findings are made small too.
    if (mismatch?.incident?.kind === 'unsupported') {
      return requestMismatchAtDecisionDepth(this.#subject, caseRequest(generated));
    }
    return mismatch === undefined || isQuiet(verdictOf(mismatch)) ? null : mismatch;
  }
}
