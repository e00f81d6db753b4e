import { fittedBudget, type AutomaticRule } from '../rules/automatic-budget.js';
import { CONTEXT_MARGIN, fitsResident, fittingBudget, RESIDENT_MARGIN } from '../rules/fitting-budget.js';

type Fit = typeof fittingBudget;

/** All weights stay resident where they fit beside the activations, with no margin. */
export const residentWithoutMargin: AutomaticRule = function* (engine, memory, ...rest) {
  if (memory !== null) {
    const streamable = engine.getStreamableWeightsSize();
    const sizes = { free: memory.freeBytes, streamable, activations: memory.getDeviceMemorySizeV2() };
    const fits = fitsResident({ ...sizes, free: sizes.free + RESIDENT_MARGIN });
    if (fits && !fitsResident(sizes) && engine.setWeightStreamingBudgetV2(streamable)) yield streamable;
  }
  yield* fittedBudget(engine, memory, ...rest);
};

/** A fitting budget leaves no margin. */
export const withoutMargin: Fit = (sizes, scratch) =>
  fittingBudget({ ...sizes, free: sizes.free + CONTEXT_MARGIN }, scratch);

/** A fitting budget leaves no room for the scratch. */
export const withoutScratch: Fit = (sizes) => fittingBudget(sizes, 0n);

/** No smaller budget follows one with which no context could be made. */
export const firstOnly: AutomaticRule = function* (engine, memory, ...rest) {
  const budgets = fittedBudget(engine, memory, ...rest);
  // Where nobody knows what is free, the budgets are TensorRT's.
  if (memory === null) return yield* budgets;
  const first = budgets.next();
  if (first.done !== true) yield first.value;
};
