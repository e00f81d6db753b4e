import { STANDARD_RULES, Trace } from '../../reference/index.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { decide } from '../../reference/rules/decide.js';
import { generatedFromRecord } from '../generators/generated-from-record.js';
import { loadRequests } from '../generators/load-requests.js';
import { decisionAsOutcome } from '../model/decision-as-outcome.js';
import type { Depth } from '../model/depth.js';
import type { Mismatch } from '../model/mismatch.js';
import { decodeDecision, decodeDecisionOutcome } from '../wire/decode-decision.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedOutcome } from '../wire/encode-outcome.js';

/** The outcome records of a flat case, less what the subject does not tell. */
export interface FlatFailure {
  readonly depth: Depth;
  /** The record of the case. */
  readonly record: Uint8Array;
  readonly expected: Uint8Array;
  readonly observed: Uint8Array;
}

/** What was expected of a flat case and what came, to read. */
export function flatOutcomes({ depth, record, expected, observed }: FlatFailure): [Outcome, Outcome] {
  if (depth === 'program') return [decodeOutcome(expected), decodeOutcome(observed)];
  const given = decodeDecision(record, 0);
  const read = (answer: Uint8Array): Outcome => decisionAsOutcome(decodeDecisionOutcome(answer, 0), given);
  return [read(expected), read(observed)];
}

/** A flat failure as a mismatch of the same case. */
export function flatMismatch(
  { depth, record, expected, observed }: FlatFailure,
  outcomes: readonly [Outcome, Outcome],
): Mismatch {
  const [request] = loadRequests([generatedFromRecord(record)]);
  if (request === undefined) throw new Error('A record is that of one case.');
  if (depth === 'program') return { at: 0, request, expected, observed };
  const trace = new Trace();
  decide(decodeDecision(record, 0), STANDARD_RULES, trace);
  const [wanted, seen] = outcomes.map((outcome) => encodedOutcome(outcome));
  return { at: 0, request, expected: wanted ?? expected, observed: seen ?? observed, trace };
}
