import { STANDARD_RULES, UndefinedBehaviourError } from '../../../reference/index.js';
import { ruledOutcomes } from '../../bulk/flat/ruled-outcome.js';
import { isOtherRuntimeUse, type RecordPair } from '../../oracle/is-other-runtime-use.js';
import type { Oracle } from '../../oracle/oracle.js';
import type { Answer } from '../../process/answers.js';
import { maskAnswer } from '../../process/mask-answer.js';
import type { RunSequence } from '../../process/run-sequence.js';
import type { SentCase } from '../../model/sent-case.js';
import { incidentOf } from '../../process/suspect.js';
import type { Capabilities } from '../../protocol/capabilities.js';
import { decodeRequests } from '../../wire/decode-request.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';

/** What came of a case in a fresh process, less what the subject does not tell. */
export interface JudgedAnswer {
  readonly answer: Answer;
  /** Null where the reference names no outcome: nothing fails then but by giving none. */
  readonly expected: Uint8Array | null;
  readonly fails: boolean;
}

/** Runs sequences in fresh processes of a subject, and judges every case of them. */
export class FreshRuns {
  readonly #expected = new WeakMap<SentCase, Uint8Array | null>();

  constructor(
    private readonly sequence: RunSequence,
    readonly oracle: Oracle,
    readonly capabilities: Capabilities,
  ) {}

  /** Of this case, this record is expected, whatever the reference says. */
  expect(sent: SentCase, record: Uint8Array): void {
    this.#expected.set(sent, maskAnswer(sent.depth, record, this.capabilities));
  }

  /** What comes of each case; where a process broke, those behind are missing. */
  async run(cases: readonly SentCase[]): Promise<readonly JudgedAnswer[]> {
    const { answers, breakage } = await this.sequence(cases);
    const told: Answer[] = [...answers];
    if (breakage !== null) {
      const at = Math.min(answers.length, cases.length - 1);
      told[at] = incidentOf(breakage, at + 1);
    }
    return cases.slice(0, told.length).map((sent, at) => this.#judge(sent, told[at]));
  }

  /** The places of the cases that fail. */
  async failing(cases: readonly SentCase[]): Promise<readonly number[]> {
    const judged = await this.run(cases);
    return judged.flatMap(({ fails }, place) => (fails ? [place] : []));
  }

  #judge(sent: SentCase, answer: Answer | undefined): JudgedAnswer {
    const expected = this.#expectedOf(sent);
    if (!(answer instanceof Uint8Array)) {
      return { answer: answer ?? new Uint8Array(0), expected, fails: true };
    }
    const told = maskAnswer(sent.depth, answer, this.capabilities);
    const isRight = expected === null || Buffer.compare(told, expected) === 0;
    return {
      answer: told,
      expected,
      fails: !isRight && !this.#isOtherUse(sent, { expected, observed: told }),
    };
  }

  #isOtherUse({ depth, record }: SentCase, pair: RecordPair): boolean {
    const [request] = depth === 'program' ? decodeRequests(record) : [];
    if (request === undefined) return false;
    const mask = (one: Uint8Array): Uint8Array => maskAnswer(depth, one, this.capabilities);
    return isOtherRuntimeUse(this.oracle, request, pair, mask);
  }

  #expectedOf(sent: SentCase): Uint8Array | null {
    const known = this.#expected.get(sent);
    if (known !== undefined) return known;
    const record = this.#reference(sent);
    const expected = record === null ? null : maskAnswer(sent.depth, record, this.capabilities);
    this.#expected.set(sent, expected);
    return expected;
  }

  #reference({ depth, record }: SentCase): Uint8Array | null {
    if (depth === 'decision') return ruledOutcomes('decision', record)(STANDARD_RULES);
    const [request] = decodeRequests(record);
    if (request === undefined) return null;
    try {
      return encodedOutcome(this.oracle(request));
    } catch (error) {
      if (error instanceof UndefinedBehaviourError) return null;
      throw error;
    }
  }
}
