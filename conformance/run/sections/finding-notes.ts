import { createHash } from 'node:crypto';
import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { Case } from '../../model/case.js';
import { decisionOfRequest } from '../../model/decision-of-request.js';
import type { Finding } from '../../model/finding.js';
import type { SentCase } from '../../model/sent-case.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { encodeDecision } from '../../wire/encode-decision.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { encodedRequest } from '../../wire/encode-request.js';
import type { Verdict } from '../../model/verdict.js';
import { fingerprint } from '../../model/fingerprint.js';
import { generatedFromRecord } from '../../generators/generated-from-record.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import { caseRequest } from '../../generators/case-request.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { loadRequests } from '../../generators/load-requests.js';
import type { OpenSubject } from '../../subjects/open-subject.js';
import type { BulkIncident, BulkMismatch } from '../../bulk/bulk-job.js';
import type { EarlierFlatCases, FlatPlace, SentFlatCase } from '../../bulk/earlier-flat-cases.js';
import type { Depth } from '../../model/depth.js';
import type { BlockRunner } from '../blocks/block-runner.js';
import type { Mismatch } from '../../model/mismatch.js';
import { crashAlone, incidentMismatch } from '../blocks/crash-alone.js';
import {
  decisionMismatch,
  requestMismatchAtDecisionDepth,
  toldDecision,
} from '../blocks/decision-mismatch.js';
import type { SeenAgain } from '../again/again.js';
import { type Recheck, sentOf } from '../again/recheck.js';
import { toldAgain } from '../again/told-again.js';
import { Tries } from '../again/tries.js';
import { Attribution } from '../../attribution/attribution.js';
import { generatedCaseRecord } from '../../generators/generated-case-record.js';
import { expectedFinding } from '../../attribution/judge.js';
import { minimize } from '../shrink/shrink.js';
import { isQuiet, verdictOf } from '../../attribution/mismatch-verdict.js';
import type { CaseResult } from '../../model/run-result.js';
import type { RunState } from '../state/run-state.js';
import { withoutTrouble } from '../shrink/neutralize.js';

/** How long cases are run alone in fresh processes to make one small. */
const ALONE_MILLISECONDS = 3000;

/** How many findings are made small; further ones are shown on cases as they came. */
const MOST_MINIMIZED = 20;

/** What a case is told under that is not yet known to break a rule of its own. */
const ANY_LOAD: ClauseId = 'WSB-MULTI-07';

/** Names, as a fingerprint does, the flat cases that break a clause. */
function inBulk(clause: ClauseId): string {
  return fingerprint('fail', clause, 'in bulk');
}

/** Names the written cases that look like a finding. */
function written(name: string): string {
  return createHash('sha256').update(`written ${name}`).digest('hex').slice(0, name.length);
}

/** How a case fails now; null when it does not. */
type RunCase = (candidate: GeneratedCase) => Promise<Mismatch | null>;

/** The last cases before one, at most so many. */
type Before = (most: number) => readonly SentCase[];

/** A flat case that failed, taken up as a generated one, and how it is run. */
interface Taken {
  readonly generated: GeneratedCase;
  readonly mismatch: Mismatch;
  readonly runCase: RunCase;
}

/**
 * Makes findings of mismatches, and notes them in the state of the run: one for each fault, of
 * generated cases on the smallest that shows it. What the subject is known to fail is told apart.
 * What a finding is shown by was run again in a fresh process.
 */
export class FindingNotes {
  readonly #opened: Pick<OpenSubject, 'subject' | 'oracle'>;
  readonly #blocks: BlockRunner;
  readonly #state: RunState;
  readonly #recheck: Recheck;
  readonly #flat: EarlierFlatCases | null;
  readonly #attribution: Attribution;
  readonly #atProgramDepth: RunCase = async (candidate) => {
    const [mismatch] = await this.#blocks.run(loadRequests([candidate]));
    return mismatch === undefined || isQuiet(verdictOf(mismatch)) ? null : mismatch;
  };
  readonly #atDecisionDepth: RunCase = (candidate) =>
    requestMismatchAtDecisionDepth(this.#opened.subject, caseRequest(candidate));

  /** @param flat makes flat cases once more; null where the run has no seed */
  constructor(
    opened: Pick<OpenSubject, 'subject' | 'oracle'>,
    blocks: BlockRunner,
    state: RunState,
    recheck: Recheck,
    flat: EarlierFlatCases | null,
  ) {
    this.#opened = opened;
    this.#blocks = blocks;
    this.#state = state;
    this.#recheck = recheck;
    this.#flat = flat;
    this.#attribution = new Attribution(opened.oracle, state.ledger);
  }

  /** The verdict on a written case that did not pass, and the fingerprint of its finding. */
  async fixed(one: Case, mismatch: Mismatch): Promise<Pick<CaseResult, 'verdict' | 'finding'>> {
    const verdict = verdictOf(mismatch);
    if (isQuiet(verdict)) return { verdict, finding: null };
    const { known, ledger } = this.#state;
    const entry = known.expecting(one, mismatch);
    if (entry === null) return { verdict, finding: await this.#fixedFailed(one, mismatch) };
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
    const runCase = mismatch.incident === undefined ? this.#atProgramDepth : null;
    await this.#note({ generated, mismatch, runCase: runCase ?? this.#crashing('program', mismatch) });
    return verdict;
  }

  /** A flat case that failed, taken up as a generated one, or shown as a decision. */
  async flatFailed(failed: FlatPlace & Pick<BulkMismatch, 'observed' | 'clause'>): Promise<void> {
    const { clause } = failed;
    const finding = await this.#flatFinding(failed);
    if (finding === null || clause === undefined) return;
    if (this.#state.minimized(inBulk(clause)) !== undefined) return;
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
    await this.#note({ generated, mismatch, runCase: this.#crashing(depth, mismatch) });
  }

  async #fixedFailed(one: Case, mismatch: Mismatch): Promise<string> {
    const { ledger } = this.#state;
    // A golden program, and a case at decision depth, fails for the reason for which the case that
    // it was made from failed.
    const twin = this.#state.caseResult(one.id.replace(/^(?:golden|rules)\//, ''));
    if (twin?.finding != null && twin.verdict !== 'expected-fail' && mismatch.incident === undefined) {
      ledger.count(twin.finding);
      return twin.finding;
    }
    const finding = this.#attribution.fixed(one, mismatch);
    const name = finding.fingerprint;
    // What others that look alike came to, where none of them failed alone.
    const state = ledger.recurrenceOf(name) === undefined ? this.#state.minimized(written(name)) : undefined;
    const isShown = state === undefined && ledger.wouldShow(finding);
    if (!isShown && !this.#recheck.isWorth(name)) {
      ledger.count(state ?? name);
      return state ?? name;
    }
    const seen = await this.#recheck.seen(name, { case: one, mismatch });
    const told = seen === null ? finding : toldAgain(finding, seen);
    ledger.add(told);
    if (told.fingerprint !== name) this.#state.noteMinimized(written(name), told.fingerprint);
    return told.fingerprint;
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
  async #taken(record: Uint8Array): Promise<Taken | null> {
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

  /** The fingerprint of the finding of a flat case that failed; null where there is none. */
  async #flatFinding({
    observed,
    ...place
  }: FlatPlace & Pick<BulkMismatch, 'observed'>): Promise<string | null> {
    const { record } = place;
    const found = await this.#taken(record);
    const sent = this.#flat?.sent(place) ?? null;
    if (sent === null || observed === undefined) return found === null ? null : this.#note(found);
    const generated = generatedFromRecord(record);
    const as = this.#asItFailed(sent, generated, observed);
    const before = (most: number): readonly SentCase[] => {
      const own = this.#flat?.before(place, most) ?? [];
      return [...this.#recheck.soFar(most - own.length), ...own];
    };
    return this.#note(found ?? { generated, mismatch: as, runCase: null }, { mismatch: as, before });
  }

  /** How a flat case failed, as a mismatch of the depth at which it was sent. */
  #asItFailed(sent: SentFlatCase, generated: GeneratedCase, observed: Uint8Array): Mismatch {
    const { subject, oracle } = this.#opened;
    const [request] = loadRequests([generated]);
    if (request === undefined) throw new Error('A generated case makes one request.');
    if (sent.depth === 'decision') return toldDecision(subject.capabilities, sent.record, request, observed);
    return { at: 0, request, expected: encodedOutcome(oracle(request)), observed, sent };
  }

  /**
   * A crash is made small by running candidates alone; null for what takes other cases before it,
   * or takes its time, which is shown as it came.
   */
  #crashing(depth: Depth, { incident }: Mismatch): RunCase | null {
    if (incident?.kind !== 'crashed' || incident.cases !== 1) return null;
    return (candidate) => crashAlone(this.#opened, depth, candidate, incident.signal);
  }

  /**
   * Notes a generated case; `runCase` is null for one that is shown as it came. `sent` is how it
   * failed as it was sent, and what came before it, where that is not as it was taken up.
   */
  async #note(
    { generated, mismatch, runCase }: Omit<Taken, 'runCase'> & { readonly runCase: RunCase | null },
    sent: { readonly mismatch: Mismatch; readonly before?: Before } = { mismatch },
  ): Promise<string> {
    const { ledger } = this.#state;
    const first = this.#attribution.fingerprint(mismatch);
    const known = this.#state.minimized(first);
    if (known !== undefined && !this.#recheck.isWorth(first)) {
      ledger.count(known);
      return known;
    }
    const seen = await this.#seen(first, generated, sent);
    const came = seen?.recurrence ?? (known === undefined ? undefined : ledger.recurrenceOf(known));
    if (seen !== null && came?.kind !== 'alone') {
      const finding = toldAgain(this.#attribution.generated(generated, mismatch), seen);
      ledger.add(finding);
      if (known === undefined) this.#state.noteMinimized(first, finding.fingerprint);
      return finding.fingerprint;
    }
    if (known !== undefined && (ledger.recurrenceOf(known)?.kind ?? 'alone') === 'alone') {
      ledger.count(known);
      return known;
    }
    const finding = await this.#smallest({ generated, mismatch, runCase });
    ledger.add(seen === null ? finding : { ...finding, recurrence: seen.recurrence });
    this.#state.noteMinimized(first, finding.fingerprint);
    return finding.fingerprint;
  }

  /** How a case comes back; null where it cannot be run again. */
  async #seen(
    name: string,
    generated: GeneratedCase,
    { mismatch, before }: { readonly mismatch: Mismatch; readonly before?: Before },
  ): Promise<SeenAgain | null> {
    const told = generatedCaseRecord(generated, [ANY_LOAD]);
    return this.#recheck.seen(name, { case: told, mismatch }, before);
  }

  /**
   * The finding of a case that fails alone, on the smallest case that does. A candidate that fails
   * in this process for what other cases left there does not count.
   */
  async #smallest({
    generated,
    mismatch,
    runCase,
  }: Omit<Taken, 'runCase'> & { readonly runCase: RunCase | null }): Promise<Finding> {
    const asItCame = this.#attribution.generated(generated, mismatch);
    if (this.#state.minimizedCount >= MOST_MINIMIZED || runCase === null) return asItCame;
    const make = (run: RunCase): ReturnType<typeof minimize> =>
      minimize(generated, mismatch, run, this.#attribution);
    let { small, mismatch: shown } = await make(runCase);
    if (mismatch.incident === undefined && this.#recheck.isPossible) {
      const told = generatedCaseRecord(small, [ANY_LOAD]);
      const again = await this.#recheck.alone(sentOf(shown), told);
      if (again === null) ({ small, mismatch: shown } = await make(this.#aloneAt(sentOf(mismatch).depth)));
    }
    return this.#attribution.generated(small, shown);
  }

  /** How a case fails alone in a fresh process. */
  #aloneAt(depth: Depth): RunCase {
    const tries = new Tries(ALONE_MILLISECONDS);
    return async (candidate) => {
      if (tries.areOver()) return null;
      const record = depth === 'program' ? programRecord(candidate) : decisionRecord(candidate);
      if (record === null) return null;
      return this.#recheck.alone({ depth, record }, generatedCaseRecord(candidate, [ANY_LOAD]));
    };
  }
}

function programRecord(candidate: GeneratedCase): Uint8Array | null {
  const [request] = loadRequests([candidate]);
  return request === undefined ? null : encodedRequest(request);
}

function decisionRecord(candidate: GeneratedCase): Uint8Array | null {
  const decision = decisionOfRequest(caseRequest(candidate));
  if (decision === null) return null;
  const writer = new ByteWriter();
  encodeDecision(writer, decision);
  return writer.take();
}
