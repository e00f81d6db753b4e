import { STANDARD_RULES, Trace } from '../../../reference/index.js';
import { decide, type DecisionCase } from '../../../reference/rules/decide.js';
import type { LoadRequest } from '../../../reference/request/load-request.js';
import { comparedDecisions, decisionAsOutcome } from '../../model/decision-as-outcome.js';
import { type Incident, quietIncident } from '../../model/incident.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { SentCase } from '../../model/sent-case.js';
import { type Answer, answerList } from '../../process/answers.js';
import { maskAnswer } from '../../process/mask-answer.js';
import type { AnswerOptions } from '../../process/supervised-process.js';
import { splitAnswers } from '../../protocol/answer-records.js';
import { CaseBatch } from '../../protocol/case-batch.js';
import type { Subject } from '../../subjects/subject.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { decodeDecisionOutcome } from '../../wire/decode-decision.js';
import { encodeDecision } from '../../wire/encode-decision.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { type BlockOptions, NO_RECORD, withAllowance } from './out-of-process-block.js';

/** What is asked at decision depth, and the request of the same case at program depth. */
export interface AskedDecision {
  readonly decision: DecisionCase;
  readonly request: LoadRequest;
}

/**
 * Asks a subject for decisions and compares each with that of the readable model, told as outcomes.
 * Gives those that differ or have no answer; a subject without decision depth lacks them all.
 *
 * @throws SubjectError when the subject breaks.
 */
export async function runDecisionBlock(
  subject: Subject,
  block: readonly AskedDecision[],
  { onLate = () => undefined, allowance }: Pick<BlockOptions, 'onLate' | 'allowance'> = {},
): Promise<Mismatch[]> {
  const prepared = block.map((asked, at) => prepare(subject, asked, at));
  const late = (at: number, incident: Incident): void => {
    const one = prepared[at]?.without(incident);
    if (one !== undefined) onLate(one);
  };
  const answers = await answersOf(subject, block, { onLate: late, ...withAllowance(allowance) });
  return prepared.flatMap(({ judge }, at) => judge(answers[at]) ?? []);
}

/** What is expected of one decision, once its answer is known. */
interface PreparedDecision {
  readonly without: (incident: Incident) => Mismatch;
  /** Null when the answer is right. */
  readonly judge: (answer: Answer | undefined) => Mismatch | null;
}

function prepare(subject: Subject, { decision, request }: AskedDecision, at: number): PreparedDecision {
  const trace = new Trace();
  const mask = (record: Uint8Array): Uint8Array => maskAnswer('program', record, subject.capabilities);
  const decided = decide(decision, STANDARD_RULES, trace);
  const expected = mask(encodedOutcome(decisionAsOutcome(decided, decision)));
  const without = (incident: Incident): Mismatch => {
    return { at, request, expected, observed: NO_RECORD, incident, sent: sentAs(decision) };
  };
  const judge = (answer: Answer | undefined): Mismatch | null => {
    if (!(answer instanceof Uint8Array)) {
      return without(answer ?? quietIncident('protocol-error', 'it did not answer'));
    }
    const compared = comparedDecisions([decided, decodeDecisionOutcome(answer, 0)], decision);
    const [wanted, observed] = compared.map((one) => mask(encodedOutcome(one))) as [Uint8Array, Uint8Array];
    if (Buffer.compare(wanted, observed) === 0) return null;
    return { at, request, expected: wanted, observed, trace, decision, sent: sentAs(decision) };
  };
  return { without, judge };
}

function sentAs(decision: DecisionCase): SentCase {
  const writer = new ByteWriter();
  encodeDecision(writer, decision);
  return { depth: 'decision', record: writer.take() };
}

async function answersOf(
  subject: Subject,
  block: readonly AskedDecision[],
  options: AnswerOptions,
): Promise<readonly Answer[]> {
  if (!subject.capabilities.decision || (subject.kind === 'in-process' && subject.decide === null)) {
    return block.map(() => quietIncident('unsupported', 'the subject does not have the capability decision'));
  }
  const writer = new ByteWriter();
  for (const { decision } of block) encodeDecision(writer, decision);
  const records = writer.take();
  if (subject.kind === 'in-process') {
    return splitAnswers('decision', subject.decide?.(records) ?? NO_RECORD).map((one) => one.slice());
  }
  return answerList(await subject.answer(CaseBatch.of('decision', records), options), 'decision');
}
