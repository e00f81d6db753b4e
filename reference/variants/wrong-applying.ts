import { applyBudget, type BudgetEngine } from '../application/apply-budget.js';

type Applier = typeof applyBudget;

/** An explicit budget is passed on without clamping. */
export const noClamp: Applier = (choice, engine) => {
  if (choice.kind === 'automatic' || engine.getStreamableWeightsSize() <= 0n)
    return applyBudget(choice, engine);
  const { source, budget } = choice;
  return engine.setWeightStreamingBudgetV2(budget)
    ? { kind: 'applied', source, budget }
    : { kind: 'refused', source, clause: 'WSB-APPLY-03' };
};

/** A refused explicit budget is followed by a set of 0, as a refused automatic one is. */
export const fallbackForExplicit: Applier = (choice, engine) => {
  const application = applyBudget(choice, engine);
  return application.kind === 'refused' && choice.kind === 'explicit' && engine.setWeightStreamingBudgetV2(0n)
    ? { kind: 'applied', source: choice.source, budget: 0n }
    : application;
};

/** A refused automatic budget ends the load at once. */
export const noFallback: Applier = (choice, engine) => {
  let answer: boolean | null = null;
  // Only the first set reaches TensorRT.
  return applyBudget(
    choice,
    withSet(engine, (budget) =>
      answer === null ? (answer = engine.setWeightStreamingBudgetV2(budget)) : false,
    ),
  );
};

/** The automatic budget is clamped to what the engine can stream. */
export const clampAutomatic: Applier = (choice, engine) =>
  applyBudget(choice, {
    ...withSet(engine, (budget) => engine.setWeightStreamingBudgetV2(budget)),
    getWeightStreamingAutomaticBudget: () => {
      const budget = engine.getWeightStreamingAutomaticBudget();
      const streamable = engine.getStreamableWeightsSize();
      return budget < 0n ? 0n : budget > streamable ? streamable : budget;
    },
  });

/** A budget of 0 is taken for no budget. */
export const zeroIsAutomatic: Applier = (choice, engine) =>
  applyBudget(
    choice.kind === 'explicit' && choice.budget === 0n ? { kind: 'automatic', ignoredOption: false } : choice,
    engine,
  );

/** An engine that streams nothing is given its budget all the same. */
export const setOnResident: Applier = (choice, engine) => {
  if (choice.kind === 'explicit' && engine.getStreamableWeightsSize() <= 0n)
    engine.setWeightStreamingBudgetV2(0n);
  return applyBudget(choice, engine);
};

function withSet(engine: BudgetEngine, set: BudgetEngine['setWeightStreamingBudgetV2']): BudgetEngine {
  return {
    getStreamableWeightsSize: () => engine.getStreamableWeightsSize(),
    getWeightStreamingAutomaticBudget: () => engine.getWeightStreamingAutomaticBudget(),
    setWeightStreamingBudgetV2: set,
  };
}
