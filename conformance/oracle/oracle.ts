import {
  rulesUnder,
  runReference,
  type Outcome,
  type Plan,
  type Policy,
  type Rules,
  type Trace,
} from '../../reference/index.js';
import type { LoadRequest } from '../../reference/request/load-request.js';

/**
 * Gives the outcome that the specification expects of a request, and notes in the trace which
 * clauses decide it.
 */
export type Oracle = (request: LoadRequest, trace?: Trace) => Outcome;

/**
 * The reference model as oracle; `rules` other than the standard ones make a delegate that is wrong
 * on purpose.
 */
export function referenceOracle(recordedPlan: (engine: Uint8Array) => Plan | null, rules?: Rules): Oracle {
  const context = rules === undefined ? { recordedPlan } : { recordedPlan, rules };
  return (request, trace) => runReference(request, { ...context, trace });
}

/** An oracle for each policy. */
export type PolicyOracles = Readonly<Record<Policy, Oracle>>;

/** The reference under each policy, with rules other than the standard ones when they are given. */
export function policyOracles(
  recordedPlan: (engine: Uint8Array) => Plan | null,
  rules?: Rules,
): PolicyOracles {
  return {
    fitting: referenceOracle(recordedPlan, rulesUnder('fitting', rules)),
    upstream: referenceOracle(recordedPlan, rulesUnder('upstream', rules)),
  };
}
