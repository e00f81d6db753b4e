import { type Policy, rulesUnder, runReference, scriptedPlan, Trace } from '../../../reference/index.js';
import type { Outcome } from '../../../reference/outcome/outcome.js';
import type { LoadRequest } from '../../../reference/request/load-request.js';
import { bindingsOf } from './engine-kind.js';
import type { BuiltEngine } from './engine-set.js';
import type { MappedCase, StandIn } from './map-case.js';

const TOKEN = /^engine (\S+)$/;

/**
 * Stands for a plan in the program that the reference is given: it has no use for the plan itself.
 */
function tokenOf({ kind, damaged }: StandIn): Uint8Array {
  return new TextEncoder().encode(damaged ? 'damaged' : `engine ${kind.name}`);
}

/**
 * The request as the reference is given it, and the outcome that it expects. Of TensorRT it knows
 * what the engines themselves answered: their streamable sizes and, at each load, the automatic
 * budget. All else it predicts.
 *
 * @param policy who chooses automatic budgets
 */
export function expectedOutcome(
  mapped: MappedCase & { kind: 'runs' },
  engines: readonly BuiltEngine[],
  observed: Outcome,
  policy: Policy,
): { readonly request: LoadRequest; readonly expected: Outcome; readonly trace: Trace } {
  const request = mapped.build(tokenOf);
  let attempt = 0;
  const trace = new Trace();
  const expected = runReference(request, {
    rules: rulesUnder(policy),
    trace,
    recordedPlan: (engine) => {
      const automatic = automaticAnswer(observed, attempt++);
      const name = TOKEN.exec(new TextDecoder().decode(engine))?.[1];
      const built = engines.find(({ kind }) => kind.name === name);
      if (built === undefined) return null;
      return scriptedPlan({
        streamable: built.streamable,
        automatic,
        bindings: bindingsOf(built.kind),
      });
    },
  });
  return { request, expected, trace };
}

/**
 * What the engine of that attempt to deserialize answered when it was asked for its automatic
 * budget.
 */
function automaticAnswer({ engines }: Outcome, attempt: number): bigint {
  for (const call of engines[attempt]?.calls ?? []) {
    if (call.call === 'getWeightStreamingAutomaticBudget') return call.budget;
  }
  return 0n;
}
