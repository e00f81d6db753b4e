import { decide } from '../../reference/decision/decide.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import { decisionAsOutcome } from '../decision/decision-as-outcome.js';
import { decodeDecision, decodeDecisionOutcome } from '../decision/decode-decision.js';
import { encodedOutcome } from '../protocol/encode-outcome.js';
import type { Subject } from '../subjects/subject.js';
import type { Mismatch } from './block-runner.js';

/**
 * The mismatch of one record at decision depth, held against the readable model and told as outcomes; null when the subject now
 * answers as it should, or has no decision depth. `request` is that of the same case at program depth.
 */
export function decisionMismatch(
  { volume }: Subject,
  record: Uint8Array,
  request: LoadRequest,
): Mismatch | null {
  if (volume?.decide == null) return null;
  const expected = encodedOutcome(decisionAsOutcome(decide(decodeDecision(record, 0))));
  const observed = encodedOutcome(decisionAsOutcome(decodeDecisionOutcome(volume.decide(record), 0)));
  return Buffer.compare(expected, observed) === 0 ? null : { at: 0, request, expected, observed };
}
