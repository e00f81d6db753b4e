import type { DecisionCase, DecisionOutcome, EngineDecision } from '../../reference/rules/decide.js';
import { type EngineCall, NO_LEAKS, type Outcome } from '../../reference/outcome/outcome.js';

/**
 * A decision outcome in the terms of outcomes, to be shown and judged as any other: the budget
 * calls alone, since at decision depth no engine is deserialized and no context made.
 *
 * @param given - what was decided on: the automatic budget that an engine was asked for is the
 * case's own
 */
export function decisionAsOutcome(decision: DecisionOutcome, given: DecisionCase): Outcome {
  const warned = decision.engines.some((engine) => engine.warned);
  return {
    program: { kind: 'ok' },
    steps: [
      decision.rejected
        ? { kind: 'rejected', phase: 'load', error: 'InvalidProgram', warned }
        : { kind: 'ok', warned },
    ],
    engines: decision.engines.map((engine, at) => ({
      step: 0,
      source: engine.source,
      applied: engine.source === null ? null : (engine.sets.at(-1)?.budget ?? null),
      calls: callsOf(engine, given.engines[at]?.automatic ?? 0n),
    })),
    leaks: NO_LEAKS,
    violations: [],
  };
}

function callsOf({ automaticRead, sets }: EngineDecision, budget: bigint): EngineCall[] {
  const read: EngineCall[] = automaticRead ? [{ call: 'getWeightStreamingAutomaticBudget', budget }] : [];
  return [
    ...read,
    ...sets.map(({ budget, ok }) => ({ call: 'setWeightStreamingBudgetV2', budget, ok }) as const),
  ];
}
