import {
  rulesUnder,
  runReference,
  STANDARD_RULES,
  STOCK_HOST,
  type HostProfile,
  type Outcome,
  type Policy,
  type RecordedPlans,
  type Rules,
  type RuntimeUse,
  type Trace,
} from '../../reference/index.js';
import type { AnyLoadRequest } from '../../reference/request/load-request.js';

/**
 * Gives the outcome that the specification expects of a request, and notes in the trace which
 * clauses decide it; that of a delegate which comes by its runtimes otherwise, when `runtimeUse` is
 * given.
 */
export type Oracle = (request: AnyLoadRequest, trace?: Trace, runtimeUse?: RuntimeUse) => Outcome;

/**
 * The reference model as oracle; `rules` other than the standard ones make a delegate that is wrong
 * on purpose.
 */
export function referenceOracle(
  recordedPlan: RecordedPlans,
  rules: Rules = STANDARD_RULES,
  host: HostProfile = STOCK_HOST,
): Oracle {
  return (request, trace, runtimeUse = rules.runtimeUse) => {
    const own = runtimeUse === rules.runtimeUse ? rules : { ...rules, runtimeUse };
    return runReference(request, { recordedPlan, rules: own, host, trace });
  };
}

/** An oracle for each policy. */
export type PolicyOracles = Readonly<Record<Policy, Oracle>>;

/**
 * The reference under each policy, with rules other than the standard ones and for another host
 * when they are given.
 */
export function policyOracles(recordedPlan: RecordedPlans, rules?: Rules, host?: HostProfile): PolicyOracles {
  return {
    fitting: referenceOracle(recordedPlan, rulesUnder('fitting', rules), host),
    upstream: referenceOracle(recordedPlan, rulesUnder('upstream', rules), host),
  };
}
