import { runReference, type Outcome, type Plan, type Rules } from '../../reference/index.js';
import type { LoadRequest } from '../../reference/request/load-request.js';

/** Gives the outcome that the specification expects of a request. */
export type Oracle = (request: LoadRequest) => Outcome;

/** The reference model as oracle; `rules` other than the standard ones make a delegate that is wrong on purpose. */
export function referenceOracle(recordedPlan: (engine: Uint8Array) => Plan | null, rules?: Rules): Oracle {
  const context = rules === undefined ? { recordedPlan } : { recordedPlan, rules };
  return (request) => runReference(request, context);
}
