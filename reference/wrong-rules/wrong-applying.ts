import { applyBudget, applyToStreamable } from '../rules/apply-budget.js';
import type { BudgetEngine } from '../rules/budget-engine.js';
import { fitsResident, fittingBudget } from '../rules/fitting-budget.js';

type Applier = typeof applyBudget;

/** An explicit budget is passed on without clamping. */
export const noClamp: Applier = (choice, engine, ...rest) => {
  if (choice.kind === 'automatic' || engine.getStreamableWeightsSize() <= 0n)
    return applyBudget(choice, engine, ...rest);
  const { budget } = choice;
  const unclamped = withSet(engine, () => engine.setWeightStreamingBudgetV2(budget));
  const application = applyBudget(choice, unclamped, ...rest);
  return application.kind === 'applied' ? { ...application, budget } : application;
};

/** A refused explicit budget is followed by a set of 0, as a refused automatic one is. */
export const fallbackForExplicit: Applier = (choice, engine, ...rest) => {
  const application = applyBudget(choice, engine, ...rest);
  return application.kind === 'refused' && choice.kind === 'explicit' && engine.setWeightStreamingBudgetV2(0n)
    ? { kind: 'applied', source: choice.source, budget: 0n }
    : application;
};

/** A refused automatic budget ends the load at once. */
export const noFallback: Applier = (choice, engine, ...rest) => {
  let answer: boolean | null = null;
  // Only the first set reaches TensorRT.
  return applyBudget(
    choice,
    withSet(engine, (budget) =>
      answer === null ? (answer = engine.setWeightStreamingBudgetV2(budget)) : false,
    ),
    ...rest,
  );
};

/** The automatic budget is clamped to what the engine can stream. */
export const clampAutomatic: Applier = (choice, engine, ...rest) =>
  applyBudget(
    choice,
    {
      ...withSet(engine, (budget) => engine.setWeightStreamingBudgetV2(budget)),
      getWeightStreamingAutomaticBudget: () => {
        const budget = engine.getWeightStreamingAutomaticBudget();
        const streamable = engine.getStreamableWeightsSize();
        return budget < 0n ? 0n : budget > streamable ? streamable : budget;
      },
    },
    ...rest,
  );

/** A budget that TensorRT refuses ends the load, and nothing that is logged names it. */
export const refuseSilently: Applier = (choice, engine, ...rest) => {
  const application = applyBudget(choice, engine, ...rest);
  return application.kind === 'refused' ? { ...application, silent: true } : application;
};

/** An explicit budget is lowered to what is free, less the margin. */
export const lowerExplicit: Applier = (choice, engine, automatic, memory, ...rest) => {
  if (choice.kind === 'automatic' || !memory) return applyBudget(choice, engine, automatic, memory, ...rest);
  const streamable = engine.getStreamableWeightsSize();
  const sizes = { free: memory.freeBytes, streamable, activations: 0n };
  const most = fitsResident(sizes) ? streamable : fittingBudget(sizes, 0n);
  const budget = choice.budget < most ? choice.budget : most;
  return applyBudget({ ...choice, budget }, engine, automatic, memory, ...rest);
};

/** In place of a budget of 0 an automatic one is set. */
export const zeroIsAutomatic: Applier = (choice, engine, ...rest) => {
  if (choice.kind === 'automatic' || choice.budget !== 0n || engine.getStreamableWeightsSize() <= 0n)
    return applyBudget(choice, engine, ...rest);
  const application = applyBudget({ kind: 'automatic', ignoredOption: false }, engine, ...rest);
  return { ...application, source: choice.source };
};

/** An engine that streams nothing is given its budget all the same. */
export const setOnResident: Applier = (choice, engine, ...rest) => {
  if (choice.kind === 'explicit' && engine.getStreamableWeightsSize() <= 0n)
    engine.setWeightStreamingBudgetV2(0n);
  return applyBudget(choice, engine, ...rest);
};

/** An engine that streams nothing is treated as one that does. */
export const residentIsStreamed: Applier = (choice, engine, ...rest) =>
  engine.getStreamableWeightsSize() === 0n
    ? applyToStreamable(choice, engine, ...rest)
    : applyBudget(choice, engine, ...rest);

function withSet(engine: BudgetEngine, set: BudgetEngine['setWeightStreamingBudgetV2']): BudgetEngine {
  return {
    getStreamableWeightsSize: () => engine.getStreamableWeightsSize(),
    getWeightStreamingAutomaticBudget: () => engine.getWeightStreamingAutomaticBudget(),
    setWeightStreamingBudgetV2: set,
  };
}
