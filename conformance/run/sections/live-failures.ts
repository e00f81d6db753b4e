import { Attribution } from '../../attribution/attribution.js';
import { Ledger } from '../../attribution/ledger.js';
import { expectedFinding } from '../../attribution/judge.js';
import { isQuiet } from '../../attribution/mismatch-verdict.js';
import { LIKELIEST, settledWritten, type TracedFinding } from '../../attribution/traced-finding.js';
import { type BulkIncident, depthOf } from '../../bulk/bulk-job.js';
import type { EarlierFlatCases, FlatPlace, SentFlatCase } from '../../bulk/earlier-flat-cases.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import type { KnownFailures } from '../../expectations/known-failures.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { generatedCaseRecord } from '../../generators/generated-case-record.js';
import { generatedFromRecord } from '../../generators/generated-from-record.js';
import { loadRequests } from '../../generators/load-requests.js';
import type { Case } from '../../model/case.js';
import type { Depth } from '../../model/depth.js';
import type { Finding } from '../../model/finding.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { SentCase } from '../../model/sent-case.js';
import type { OpenSubject } from '../../subjects/open-subject.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import type { Recheck } from '../again/recheck.js';
import { type Seen, seenAs } from '../again/told-again.js';
import type { BlockRunner } from '../blocks/block-runner.js';
import { crashAlone, incidentMismatch } from '../blocks/crash-alone.js';
import { toldDecision } from '../blocks/decision-mismatch.js';
import { minimize } from '../shrink/shrink.js';
import type { DrawnFailure, WrittenFailure } from './failures.js';
import type { FailedFlatCase } from './notes.js';
import { ANY_LOAD, SmallestCase } from './smallest-case.js';
import { type RunCase, type Taken, TryCases } from './try-cases.js';

/** The last cases before one, at most so many. */
type Before = (most: number) => readonly SentCase[];

/** How a case failed as it was sent, and what came before it where that is not in the log. */
interface AsSent {
  readonly mismatch: Mismatch;
  readonly before?: Before;
}

/** What failures are looked at with. */
export interface FailureTools {
  readonly opened: Pick<OpenSubject, 'subject' | 'oracle'>;
  readonly blocks: BlockRunner;
  readonly recheck: Recheck;
  /** Makes flat cases once more; null where the run has no seed. */
  readonly flat: EarlierFlatCases | null;
  readonly known: KnownFailures;
}

/**
 * Failures as the subject of a run shows them. Nothing that is found out of one depends on what
 * other cases came to, unless the subject itself keeps something from load to load.
 */
export class LiveFailures {
  readonly #tools: FailureTools;
  readonly #attribution: Attribution;
  readonly #smallest: SmallestCase;

  constructor(tools: FailureTools) {
    this.#tools = tools;
    this.#attribution = new Attribution(tools.opened.oracle, new Ledger());
    this.#smallest = new SmallestCase(this.#attribution, tools.recheck);
  }

  /** A written case that failed otherwise than is expected. */
  written(one: Case, mismatch: Mismatch): WrittenFailure {
    const traced = this.#attribution.tracedFixed(one, mismatch);
    const first = settledWritten(traced, LIKELIEST).fingerprint;
    return {
      first,
      traced,
      isWorth: () => this.#tools.recheck.isWorth(first),
      seen: () => this.#seen(first, one, traced, { mismatch }),
    };
  }

  /** A generated case at program depth that failed otherwise than is expected. */
  generated(generated: GeneratedCase, mismatch: Mismatch): DrawnFailure {
    const runCase =
      mismatch.incident === undefined ? this.#tries().atProgramDepth : this.#crashing('program', mismatch);
    return this.#drawn({ generated, mismatch, runCase });
  }

  /**
   * A flat case that failed, taken up as a generated one, or shown as a decision; null where it
   * does not fail any more, and how it failed is not known.
   */
  async flat({ observed, ...place }: FailedFlatCase): Promise<DrawnFailure | null> {
    const { record } = place;
    const { flat, recheck } = this.#tools;
    const found = await this.#tries().take(record);
    const sent = flat?.sent(place) ?? null;
    if (sent === null || observed === undefined) return found === null ? null : this.#drawn(found);
    const generated = generatedFromRecord(record);
    const mismatch = this.#asItFailed(sent, generated, observed);
    const before: Before = (most) => {
      const own = flat?.before(place, most) ?? [];
      return [...recheck.soFar(most - own.length), ...own];
    };
    return this.#drawn(found ?? { generated, mismatch, runCase: null }, { mismatch, before });
  }

  /** A flat case without an outcome, taken up as a generated one; null for one that was not run. */
  flatIncident(kind: FlatPlace['kind'], { record, incident }: BulkIncident): DrawnFailure | null {
    const generated = generatedFromRecord(record);
    const [request] = loadRequests([generated]);
    if (request === undefined || isQuiet(incident.kind)) return null;
    const depth = depthOf(kind);
    const mismatch = incidentMismatch(this.#tools.opened.oracle, depth, record, request, incident);
    return this.#drawn({ generated, mismatch, runCase: this.#crashing(depth, mismatch) });
  }

  /** A generated case that fails as an entry says, on the smallest case that does. */
  expected(entry: ExpectedFailure, generated: GeneratedCase, mismatch: Mismatch): Promise<Finding> {
    return this.#expected(entry, { generated, mismatch, runCase: this.#tries().atProgramDepth });
  }

  /** As {@link expected}, of a flat case; null where it does not fail any more. */
  async flatExpected(entry: ExpectedFailure, record: Uint8Array): Promise<Finding | null> {
    const found = await this.#tries().take(record);
    return found === null ? null : this.#expected(entry, found);
  }

  async #expected(entry: ExpectedFailure, { generated, mismatch, runCase }: Taken): Promise<Finding> {
    const { known } = this.#tools;
    const again: RunCase = async (candidate) => {
      const found = await runCase(candidate);
      return found !== null && known.explaining(found) === entry ? found : null;
    };
    const { small, mismatch: shown } = await minimize(generated, mismatch, again, this.#attribution);
    return expectedFinding(generatedCaseRecord(small, [entry.clause]), entry.clause, shown);
  }

  /** `runCase` is null for a case that is shown as it came. */
  #drawn(
    taken: Omit<Taken, 'runCase'> & { readonly runCase: RunCase | null },
    sent: AsSent = { mismatch: taken.mismatch },
  ): DrawnFailure {
    const { generated, mismatch, runCase } = taken;
    const first = this.#attribution.fingerprint(mismatch);
    const came = (): TracedFinding => this.#attribution.tracedGenerated(generated, mismatch);
    return {
      first,
      isWorth: () => this.#tools.recheck.isWorth(first),
      seen: () => this.#seen(first, generatedCaseRecord(generated, [ANY_LOAD]), came(), sent),
      came,
      smallest: () =>
        runCase === null ? Promise.resolve(came()) : this.#smallest.of({ generated, mismatch, runCase }),
    };
  }

  async #seen(
    first: string,
    told: Case,
    { finding }: TracedFinding,
    { mismatch, before }: AsSent,
  ): Promise<Seen | null> {
    const seen = await this.#tools.recheck.seen(first, { case: told, mismatch }, before);
    return seen === null ? null : seenAs(finding, seen);
  }

  /** How a flat case failed, as a mismatch of the depth at which it was sent. */
  #asItFailed(sent: SentFlatCase, generated: GeneratedCase, observed: Uint8Array): Mismatch {
    const { subject, oracle } = this.#tools.opened;
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
    return (candidate) => crashAlone(this.#tools.opened, depth, candidate, incident.signal);
  }

  #tries(): TryCases {
    const { opened, blocks } = this.#tools;
    return new TryCases(opened.subject, blocks);
  }
}
