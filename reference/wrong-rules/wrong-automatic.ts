import { AUTOMATIC_RULES, fittedBudget, type AutomaticRule } from '../rules/automatic-budget.js';
import { CONTEXT_MARGIN, fitsResident, fittingBudget, RESIDENT_MARGIN } from '../rules/fitting-budget.js';
import { freeMemory } from '../rules/free-memory.js';
import type { Rules } from '../rules/rules.js';
import { throughDouble } from './wrong-applying.js';

/** The lowest of 64-bit numbers. */
const LOWEST = -(2n ** 63n);

/** How an automatic budget comes about, by the name of the wrong implementation that has it so. */
export const WRONG_AUTOMATIC: Readonly<Record<string, Rules['automaticBudget']>> = {
  'automatic-clamped': tensorRts(function* (engine) {
    const asked = engine.getWeightStreamingAutomaticBudget();
    const streamable = engine.getStreamableWeightsSize();
    const budget = asked < 0n ? 0n : asked > streamable ? streamable : asked;
    if (engine.setWeightStreamingBudgetV2(budget)) yield budget;
    else if (engine.setWeightStreamingBudgetV2(0n)) yield 0n;
  }),
  'no-fallback': tensorRts(function* (engine) {
    const budget = engine.getWeightStreamingAutomaticBudget();
    if (engine.setWeightStreamingBudgetV2(budget)) yield budget;
  }),
  'automatic-through-double': tensorRts(function* (engine) {
    const budget = throughDouble(engine.getWeightStreamingAutomaticBudget());
    if (engine.setWeightStreamingBudgetV2(budget)) yield budget;
    else if (engine.setWeightStreamingBudgetV2(0n)) yield 0n;
  }),
  'no-fallback-from-lowest': tensorRts(function* (engine) {
    const budget = engine.getWeightStreamingAutomaticBudget();
    if (engine.setWeightStreamingBudgetV2(budget)) yield budget;
    else if (budget !== LOWEST && engine.setWeightStreamingBudgetV2(0n)) yield 0n;
  }),
  'fitting-resident-no-margin': {
    ...AUTOMATIC_RULES,
    *fitting(engine, memory, ...rest) {
      if (memory !== null) {
        const streamable = engine.getStreamableWeightsSize();
        const sizes = { free: memory.freeBytes, streamable, activations: memory.getDeviceMemorySizeV2() };
        const fits = fitsResident({ ...sizes, free: sizes.free + RESIDENT_MARGIN });
        if (fits && !fitsResident(sizes) && engine.setWeightStreamingBudgetV2(streamable)) yield streamable;
      }
      yield* fittedBudget(engine, memory, ...rest);
    },
  },
  'fitting-gives-up': {
    ...AUTOMATIC_RULES,
    *fitting(engine, memory, ...rest) {
      const budgets = fittedBudget(engine, memory, ...rest);
      // Where nobody knows what is free, the budgets are TensorRT's.
      if (memory === null) return yield* budgets;
      const first = budgets.next();
      if (first.done !== true) yield first.value;
    },
  },
};

/** How large a fitting budget is, by the name of the wrong implementation that has it so. */
export const WRONG_FITTING: Readonly<Record<string, typeof fittingBudget>> = {
  'fitting-no-margin': (sizes, scratch) =>
    fittingBudget({ ...sizes, free: sizes.free + CONTEXT_MARGIN }, scratch),
  'fitting-no-scratch': (sizes) => fittingBudget(sizes, 0n),
};

/** What counts as free, by the name of the wrong implementation that has it so. */
export const WRONG_FREE: Readonly<Record<string, typeof freeMemory>> = {
  'caches-not-free': ({ freeBytes }) => freeBytes,
  'host-memory-free': (told) => freeMemory({ ...told, isIntegrated: true }),
};

/**
 * A rule in the place of TensorRT's own, also where a delegate that fits budgets knows of no free
 * memory.
 */
function tensorRts(rule: AutomaticRule): Rules['automaticBudget'] {
  return {
    upstream: rule,
    fitting: (engine, memory, ...rest) =>
      memory === null ? rule(engine, memory) : fittedBudget(engine, memory, ...rest),
  };
}
