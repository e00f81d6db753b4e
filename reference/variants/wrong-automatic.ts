import { fittedBudget, type AutomaticRule } from '../application/automatic-budget.js';
import { CONTEXT_MARGIN, fittingBudget } from '../application/fitting-budget.js';

type Fit = typeof fittingBudget;

/** A fitting budget leaves no margin. */
export const withoutMargin: Fit = (sizes, scratch) =>
  fittingBudget({ ...sizes, free: sizes.free + CONTEXT_MARGIN }, scratch);

/** A fitting budget leaves no room for the scratch. */
export const withoutScratch: Fit = (sizes) => fittingBudget(sizes, 0n);

/** No smaller budget follows one with which no context could be made. */
export const firstOnly: AutomaticRule = function* (...args) {
  const first = fittedBudget(...args).next();
  if (first.done !== true) yield first.value;
};
