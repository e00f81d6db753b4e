import { STANDARD_RULES, Trace } from '../../../reference/index.js';
import { decide, type DecisionOutcome } from '../../../reference/rules/decide.js';
import type { LoadRequest } from '../../../reference/request/load-request.js';
import { buildRequest } from '../../model/build-request.js';
import type { RequestSpec } from '../../model/request-spec.js';
import { comparedDecisions } from '../../model/decision-as-outcome.js';
import { decisionOfRequest } from '../../model/decision-of-request.js';
import { decodeDecision, decodeDecisionOutcome } from '../../wire/decode-decision.js';
import { encodeDecision } from '../../wire/encode-decision.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { CaseBatch } from '../../protocol/case-batch.js';
import { answerList } from '../../process/answers.js';
import { maskAnswer } from '../../process/mask-answer.js';
import type { Allowance } from '../../process/allowance.js';
import type { Capabilities } from '../../protocol/capabilities.js';
import type { Subject } from '../../subjects/subject.js';
import type { Mismatch } from '../../model/mismatch.js';
import { withAllowance } from './out-of-process-block.js';

/**
 * The mismatch of one record at decision depth, held against the readable model and told as
 * outcomes; null when the subject now answers as it should, or has no decision depth. `request` is
 * that of the same case at program depth; `allowance` is as in BlockOptions.
 */
export async function decisionMismatch(
  subject: Subject,
  record: Uint8Array,
  request: LoadRequest,
  allowance?: Allowance,
): Promise<Mismatch | null> {
  const answer = await decisionAnswer(subject, record, allowance);
  if (answer === null) return null;
  const told = toldDecision(subject.capabilities, record, request, answer);
  return Buffer.compare(told.expected, told.observed) === 0 ? null : told;
}

/**
 * What a subject with such capabilities answered to a decision, told as a mismatch. Whether it is
 * one is another matter: in a few details decisions differ that are the same as outcomes.
 */
export function toldDecision(
  capabilities: Capabilities,
  record: Uint8Array,
  request: LoadRequest,
  answer: Uint8Array,
): Mismatch {
  const trace = new Trace();
  const given = decodeDecision(record, 0);
  const decided = decide(given, STANDARD_RULES, trace);
  const answered = withinRecord(decodeDecisionOutcome(answer, 0));
  const outcomes = comparedDecisions([decided, answered], given);
  const [expected, observed] = outcomes.map((outcome) =>
    maskAnswer('program', encodedOutcome(outcome), capabilities),
  ) as [Uint8Array, Uint8Array];
  const sent = { depth: 'decision', record } as const;
  return { at: 0, request, expected, observed, trace, decision: given, sent };
}

/** Sets that are told of an engine: an outcome record holds 255 calls, a decision as many sets. */
const MOST_SETS = 64;

function withinRecord({ engines, ...decision }: DecisionOutcome): DecisionOutcome {
  return {
    ...decision,
    engines: engines.map((engine) => ({ ...engine, sets: engine.sets.slice(0, MOST_SETS) })),
  };
}

/**
 * The mismatch of a request when its budget rules alone are asked; null when the subject answers as
 * it should, when it has no decision depth, and when there is more to the request than that.
 */
export async function requestMismatchAtDecisionDepth(
  subject: Subject,
  request: RequestSpec,
  allowance?: Allowance,
): Promise<Mismatch | null> {
  const decision = decisionOfRequest(request);
  if (decision === null) return null;
  const writer = new ByteWriter();
  encodeDecision(writer, decision);
  return decisionMismatch(subject, writer.take(), buildRequest(request), allowance);
}

/** The answer to one decision record; null without a decision depth, or without an answer. */
async function decisionAnswer(
  subject: Subject,
  record: Uint8Array,
  allowance: Allowance | undefined,
): Promise<Uint8Array | null> {
  if (subject.kind === 'in-process') return subject.decide?.(record) ?? null;
  if (!subject.capabilities.decision) return null;
  const batch = CaseBatch.of('decision', record);
  const [answer] = answerList(await subject.answer(batch, withAllowance(allowance)), 'decision');
  return answer instanceof Uint8Array ? answer : null;
}
