import type { OptionsRule, Rules } from '../rules/rules.js';

/** The option reaches the first engine of a load alone. */
export const firstEngineOnly: OptionsRule = (own, engine) => (engine === 0 ? own : []);

/** A load without options has those of the last load that had any. */
export const staleOptions: OptionsRule = (own, _, loads) =>
  own.length > 0 ? own : (loads.findLast((options) => options.length > 0) ?? own);

/** The third load of a process has the options of the first. */
export const thirdAsFirst: OptionsRule = (own, _, loads) => (loads.length === 3 ? (loads[0] ?? own) : own);

/** The 33rd engine of a load has no option. */
export const lostAtEngine33: OptionsRule = (own, engine) => (engine === 32 ? [] : own);

/**
 * An explicit budget is one for all engines of the load: what the engines before were given is
 * gone.
 */
export const oneTotal: Rules['shareBudget'] = (choice, spent) =>
  choice.kind === 'automatic'
    ? choice
    : { ...choice, budget: choice.budget > spent ? choice.budget - spent : 0n };

/** A name that is the beginning of a binding's is that binding's. */
export const isPrefix: Rules['isBindingName'] = (name, binding) => binding.startsWith(name);
