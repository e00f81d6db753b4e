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

/**
 * Two decisions on one case as outcomes that can be compared. A step says whether anything was
 * logged; where that is the same in both, and an engine is silent in one alone, it says what is so
 * of the first such engine.
 */
export function comparedDecisions(
  [expected, observed]: readonly [DecisionOutcome, DecisionOutcome],
  given: DecisionCase,
): [expected: Outcome, observed: Outcome] {
  const outcomes: [Outcome, Outcome] = [
    decisionAsOutcome(expected, given),
    decisionAsOutcome(observed, given),
  ];
  const isSame = outcomes[0].steps[0]?.warned === outcomes[1].steps[0]?.warned;
  const pairs = expected.engines.map((engine, at) => [engine, observed.engines[at]] as const);
  const differing = pairs.find(([own, other]) => other !== undefined && own.warned !== other.warned);
  if (!isSame || differing === undefined) return outcomes;
  const [own, other] = differing.map((engine) => engine?.warned === true);
  return [withWarned(outcomes[0], own === true), withWarned(outcomes[1], other === true)];
}

function withWarned(outcome: Outcome, warned: boolean): Outcome {
  return { ...outcome, steps: outcome.steps.map((step) => ({ ...step, warned })) };
}

function callsOf({ automaticRead, sets }: EngineDecision, budget: bigint): EngineCall[] {
  const read: EngineCall[] = automaticRead ? [{ call: 'getWeightStreamingAutomaticBudget', budget }] : [];
  return [
    ...read,
    ...sets.map(({ budget, ok }) => ({ call: 'setWeightStreamingBudgetV2', budget, ok }) as const),
  ];
}
