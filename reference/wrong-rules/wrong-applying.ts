import { applyBudget, applyToStreamable } from '../rules/apply-budget.js';
import type { BudgetEngine } from '../rules/budget-engine.js';
import { fitsResident, fittingBudget } from '../rules/fitting-budget.js';

type Applier = typeof applyBudget;

/** How a budget is applied, by the name of the wrong implementation that does so. */
export const WRONG_APPLICATIONS: Readonly<Record<string, Applier>> = {
  'no-clamp': (choice, engine, ...rest) => {
    if (choice.kind === 'automatic' || !streams(engine)) return applyBudget(choice, engine, ...rest);
    const { budget } = choice;
    return applyBudget(
      choice,
      withSet(engine, () => engine.setWeightStreamingBudgetV2(budget)),
      ...rest,
    );
  },
  'clamp-off-at-2-53': setting((budget, size) =>
    size === 2n ** 53n + 1n && budget === size ? budget - 1n : budget,
  ),
  'explicit-through-double': setting(throughDouble),
  'asks-for-automatic': (choice, engine, ...rest) => {
    if (choice.kind === 'explicit' && streams(engine)) engine.getWeightStreamingAutomaticBudget();
    return applyBudget(choice, engine, ...rest);
  },
  'automatic-asked-twice': (choice, engine, ...rest) =>
    applyBudget(
      choice,
      {
        ...withSet(engine, (...set) => engine.setWeightStreamingBudgetV2(...set)),
        getWeightStreamingAutomaticBudget: (because) => {
          engine.getWeightStreamingAutomaticBudget(because);
          return engine.getWeightStreamingAutomaticBudget(because);
        },
      },
      ...rest,
    ),
  'nothing-without-both': (choice, ...rest) =>
    choice.kind === 'automatic' && !choice.ignoredOption
      ? { kind: 'skipped', ignoredBudget: false }
      : applyBudget(choice, ...rest),
  'negative-size-streams': (choice, engine, ...rest) =>
    engine.getStreamableWeightsSize() < 0n
      ? applyToStreamable(choice, engine, ...rest)
      : applyBudget(choice, engine, ...rest),
  'set-twice': (choice, engine, ...rest) => {
    const set = (budget: bigint): boolean => engine.setWeightStreamingBudgetV2(budget);
    const twice = withSet(engine, (budget) => set(budget) && set(budget));
    return applyBudget(choice, choice.kind === 'explicit' ? twice : engine, ...rest);
  },
  'fallback-for-explicit': (choice, engine, ...rest) => {
    const application = applyBudget(choice, engine, ...rest);
    return application.kind === 'refused' &&
      choice.kind === 'explicit' &&
      engine.setWeightStreamingBudgetV2(0n)
      ? { kind: 'applied', source: choice.source, budget: 0n }
      : application;
  },
  'refusal-ignored': (choice, ...rest) => {
    const application = applyBudget(choice, ...rest);
    return application.kind === 'refused' && choice.kind === 'explicit'
      ? { kind: 'skipped', ignoredBudget: true }
      : application;
  },
  'fallback-refusal-ignored': (choice, engine, ...rest) => {
    const answers: bigint[] = [];
    const asked: BudgetEngine = {
      ...withSet(engine, (...set) => engine.setWeightStreamingBudgetV2(...set)),
      getWeightStreamingAutomaticBudget: (because) => {
        const budget = engine.getWeightStreamingAutomaticBudget(because);
        answers.push(budget);
        return budget;
      },
    };
    const application = applyBudget(choice, asked, ...rest);
    return application.kind === 'refused' && answers.length > 0
      ? { kind: 'skipped', ignoredBudget: false }
      : application;
  },
  'resident-is-set': (choice, engine, ...rest) => {
    if (choice.kind === 'explicit' && !streams(engine)) engine.setWeightStreamingBudgetV2(0n);
    return applyBudget(choice, engine, ...rest);
  },
  'resident-rejected': (choice, engine, ...rest) =>
    choice.kind === 'explicit' && !streams(engine)
      ? { kind: 'refused', source: choice.source, clause: 'WSB-APPLY-07' }
      : applyBudget(choice, engine, ...rest),
  'resident-is-streamed': (choice, engine, ...rest) =>
    engine.getStreamableWeightsSize() === 0n
      ? applyToStreamable(choice, engine, ...rest)
      : applyBudget(choice, engine, ...rest),
  'zero-is-absent': (choice, engine, ...rest) => {
    if (choice.kind === 'automatic' || choice.budget !== 0n || !streams(engine))
      return applyBudget(choice, engine, ...rest);
    const application = applyBudget({ kind: 'automatic', ignoredOption: false }, engine, ...rest);
    return { ...application, source: choice.source };
  },
  'refuse-silently': (choice, engine, ...rest) => {
    const application = applyBudget(choice, engine, ...rest);
    return application.kind === 'refused' ? { ...application, silent: true } : application;
  },
  'fitting-explicit': (choice, engine, automatic, memory, ...rest) => {
    if (choice.kind === 'automatic' || !memory)
      return applyBudget(choice, engine, automatic, memory, ...rest);
    const streamable = engine.getStreamableWeightsSize();
    const sizes = { free: memory.freeBytes, streamable, activations: 0n };
    const most = fitsResident(sizes) ? streamable : fittingBudget(sizes, 0n);
    const budget = choice.budget < most ? choice.budget : most;
    return applyBudget({ ...choice, budget }, engine, automatic, memory, ...rest);
  },
};

/** What is set for an explicit budget, from the one that should be and the streamable size. */
function setting(change: (budget: bigint, streamable: bigint) => bigint): Applier {
  return (choice, engine, ...rest) => {
    if (choice.kind === 'automatic') return applyBudget(choice, engine, ...rest);
    const changed = withSet(engine, (budget, because) =>
      engine.setWeightStreamingBudgetV2(change(budget, engine.getStreamableWeightsSize()), because),
    );
    return applyBudget(choice, changed, ...rest);
  };
}

/** A number as a double has it; one that is no 64-bit number then is left as it is. */
export function throughDouble(budget: bigint): bigint {
  const inexact = BigInt(Number(budget));
  return inexact < 2n ** 63n ? inexact : budget;
}

function streams(engine: BudgetEngine): boolean {
  return engine.getStreamableWeightsSize() > 0n;
}

function withSet(engine: BudgetEngine, set: BudgetEngine['setWeightStreamingBudgetV2']): BudgetEngine {
  return {
    getStreamableWeightsSize: () => engine.getStreamableWeightsSize(),
    getWeightStreamingAutomaticBudget: () => engine.getWeightStreamingAutomaticBudget(),
    setWeightStreamingBudgetV2: set,
  };
}
