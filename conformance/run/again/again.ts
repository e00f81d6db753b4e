import type { LoadRequest } from '../../../reference/request/load-request.js';
import { buildRequest } from '../../model/build-request.js';
import type { Case } from '../../model/case.js';
import type { CaseSequence } from '../../model/case-sequence.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { Recurrence } from '../../model/recurrence.js';
import type { SentCase } from '../../model/sent-case.js';
import { decodeRequests } from '../../wire/decode-request.js';
import { incidentMismatch } from '../blocks/crash-alone.js';
import { toldDecision } from '../blocks/decision-mismatch.js';
import { NO_RECORD } from '../blocks/out-of-process-block.js';
import { CaseNames } from './case-names.js';
import { findSequence } from './find-sequence.js';
import type { FreshRuns, JudgedAnswer } from './fresh-runs.js';
import { Tries } from './tries.js';

/** What failed in a run. */
export interface Failure {
  readonly sent: SentCase;
  /** How it failed in the run. */
  readonly mismatch: Mismatch;
  /** The case as it is told. */
  readonly case: Case;
  /** The last cases that came before it, at most so many; the latest last. */
  readonly before: (most: number) => readonly SentCase[];
}

/** How a failure came back in fresh processes. */
export interface SeenAgain {
  readonly recurrence: Recurrence;
  /** As it was seen there; as it failed in the run where it did not come back. */
  readonly mismatch: Mismatch;
  /** The case that fails: another one where the same fault shows in it earlier. */
  readonly case: Case;
  /** What brings it back, that case last; null where that alone does. */
  readonly sequence: CaseSequence | null;
}

/** How long is looked for what brings failures back, in milliseconds. */
export interface AgainLimits {
  /** One of them. */
  readonly each: number;
  /** All of a run. */
  readonly all: number;
}

const LIMITS: AgainLimits = { each: 10_000, all: 30_000 };

/** How often a case is run alone before other cases are put before it. */
const ALONE = 3;

/** Sequences whose beginnings are tried first on what fails later. */
const MOST_KNOWN = 4;

/**
 * Runs what failed once more in fresh processes: alone, and where it passes then, behind the cases
 * that came before it. What fails only behind others shows that the subject keeps something from
 * load to load (WSB-MULTI-07).
 */
export class Again {
  readonly names = new CaseNames();
  readonly #known: (readonly SentCase[])[] = [];
  #left: number;

  constructor(
    readonly runs: FreshRuns,
    private readonly limits: AgainLimits = LIMITS,
  ) {
    this.#left = limits.all;
  }

  /** Whether and how a failure comes back. */
  async confirm(failure: Failure): Promise<SeenAgain> {
    const { sent, mismatch } = failure;
    if (sent.depth === 'program') this.runs.expect(sent, mismatch.expected);
    const tries = new Tries(Math.min(this.limits.each, this.#left));
    const started = performance.now();
    let found: readonly SentCase[] | null = null;
    for (let n = 0; n < ALONE && found === null; n++) {
      const [seen] = await tries.make(() => this.runs.run([sent]));
      if (seen?.fails === true) return this.#alone(failure, seen);
      if (n === 0) found = await this.#asKnown(sent, tries);
    }
    found ??= await this.#sequence(failure, tries);
    this.#left -= performance.now() - started;
    const { made } = tries;
    return found === null
      ? { recurrence: { kind: 'lost', tries: made }, mismatch, case: failure.case, sequence: null }
      : this.#behind(failure, found);
  }

  /** How a case fails alone in a fresh process; null when it does not. */
  async alone(sent: SentCase, of: Case): Promise<Mismatch | null> {
    return this.lastOf([sent], of);
  }

  /** How the last of these cases fails behind the others; null when it does not. */
  async lastOf(cases: readonly SentCase[], of: Case): Promise<Mismatch | null> {
    const last = cases.at(-1);
    const seen = (await this.runs.run(cases))[cases.length - 1];
    return last !== undefined && seen?.fails === true ? this.#mismatchOf(last, of, seen) : null;
  }

  async #alone(failure: Failure, seen: JudgedAnswer): Promise<SeenAgain> {
    const { sent } = failure;
    const mismatch = this.#mismatchOf(sent, failure.case, seen, failure.mismatch);
    const [, second] = seen.answer instanceof Uint8Array ? await this.runs.run([sent, sent]) : [];
    const kind = second?.fails === false ? 'first' : 'alone';
    return { recurrence: { kind }, mismatch, case: failure.case, sequence: null };
  }

  /** Behind what brought other failures back. */
  async #asKnown(sent: SentCase, tries: Tries): Promise<readonly SentCase[] | null> {
    for (const known of this.#known) {
      const cases = [...known, sent];
      const places = await tries.make(() => this.runs.failing(cases));
      if (places.includes(known.length)) return cases;
    }
    return null;
  }

  async #sequence({ sent, before }: Failure, tries: Tries): Promise<readonly SentCase[] | null> {
    if (tries.areOver()) return null;
    const failing = this.runs.failing.bind(this.runs);
    const found = await findSequence(sent, { failing, before, tries });
    if (found !== null && this.#known.length < MOST_KNOWN) this.#known.push(found.slice(0, -1));
    return found;
  }

  async #behind(failure: Failure, cases: readonly SentCase[]): Promise<SeenAgain> {
    const last = cases.at(-1) ?? failure.sent;
    const own = last === failure.sent;
    const told = own ? failure.case : this.names.of(last);
    const seen = (await this.runs.run(cases))[cases.length - 1];
    const others = cases.length - 1;
    const mismatch =
      seen?.fails === true
        ? this.#mismatchOf(last, told, seen, own ? failure.mismatch : undefined)
        : failure.mismatch;
    return {
      recurrence: { kind: 'sequence', others },
      mismatch,
      case: told,
      sequence: this.names.sequence(cases, told),
    };
  }

  /** `first` is how the same case failed in the run, where it is the same one. */
  #mismatchOf(sent: SentCase, of: Case, seen: JudgedAnswer, first?: Mismatch): Mismatch {
    const { depth, record } = sent;
    const request = first?.request ?? sentRequest(sent) ?? buildRequest(of.request);
    const { answer } = seen;
    if (!(answer instanceof Uint8Array)) {
      if (first !== undefined) return { ...first, observed: NO_RECORD, incident: answer };
      return incidentMismatch(this.runs.oracle, depth, record, request, answer);
    }
    if (depth === 'decision') return toldDecision(this.runs.capabilities, record, request, answer);
    const { trace } = first ?? {};
    const told = { at: 0, request, expected: seen.expected ?? NO_RECORD, observed: answer };
    return trace === undefined ? told : { ...told, trace };
  }
}

/** The request of a case at program depth. */
function sentRequest({ depth, record }: SentCase): LoadRequest | undefined {
  return depth === 'program' ? decodeRequests(record)[0] : undefined;
}
