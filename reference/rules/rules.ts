import { applyBudget, type AcceptedChoice } from './apply-budget.js';
import { AUTOMATIC_RULES, type AutomaticRule, type Policy } from './automatic-budget.js';
import { fittingBudget } from './fitting-budget.js';
import { ARGUMENT_RULES, type ArgumentRules } from './judge-arguments.js';
import { freeMemory } from './free-memory.js';
import { ALIAS_RULES, type AliasRules } from './judge-alias.js';
import { NAME_RULES, type NameRules } from './judge-names.js';
import { METADATA_RULES, type MetadataRules } from '../blob/metadata-rules.js';
import { parseBudget } from './parse-budget.js';
import { chooseBudget } from './choose-budget.js';
import type { DeliveredOption } from './delivered-option.js';
import { RUNTIMES_ANEW, type RuntimeUse } from './runtime-use.js';
import { SET_OPTION_RULES, type SetOptionRules } from './set-option-rules.js';

/** The rules that a delegate follows; a wrong implementation replaces one of them. */
export interface Rules extends MetadataRules, AliasRules, NameRules, ArgumentRules {
  readonly parseBudget: typeof parseBudget;
  readonly chooseBudget: typeof chooseBudget;
  readonly applyBudget: typeof applyBudget;
  /**
   * Who chooses automatic budgets, which the specification leaves to the delegate (WSB-AUTO-01).
   */
  readonly policy: Policy;
  /** How an automatic budget comes about under each policy. */
  readonly automaticBudget: Readonly<Record<Policy, AutomaticRule>>;
  /**
   * The largest budget that leaves room for the execution context, where the delegate chooses
   * (WSB-AUTO-03).
   */
  readonly fittingBudget: typeof fittingBudget;
  /** How much memory of a device can be had (WSB-AUTO-09). */
  readonly freeMemory: typeof freeMemory;
  /**
   * Whether an engine whose budget the delegate chose makes room for those of the same load that
   * come after it (WSB-AUTO-07).
   */
  readonly yields: boolean;
  /** When the budget is chosen and applied (WSB-APPLY-11). */
  readonly budgetStep: 'before-context' | 'after-context';
  /** Whether init and destruction leave the current CUDA device as they found it (WSB-LIFE-13). */
  readonly restoresDevice: boolean;
  /** Whether a bad budget is rejected on an engine that streams nothing, too (WSB-APPLY-10). */
  readonly judgesResident: boolean;
  /** Whether what an init made that fails is destroyed (WSB-FAIL-04). */
  readonly destroysFailed: boolean;
  /** Whether the event of an engine is destroyed with it (WSB-FAIL-05). */
  readonly destroysEvent: boolean;
  /** Whether an engine is destroyed before its runtime (WSB-LIFE-06). */
  readonly destroysInReverse: boolean;
  /** How runtimes are come by, which is the delegate's affair (WSB-FAIL-06). */
  readonly runtimeUse: RuntimeUse;
  /** The options that an engine takes its own from. */
  readonly optionsOf: OptionsRule;
  /**
   * The choice for an engine of a load whose earlier engines were given explicit budgets of `spent`
   * bytes (WSB-MULTI-03).
   */
  readonly shareBudget: (choice: AcceptedChoice, spent: bigint) => AcceptedChoice;
  /** Whether the name in an alias is that of a binding (WSB-BLOB-14). */
  readonly isBindingName: (name: string, binding: string) => boolean;
  /**
   * What a tensor is taken for: one of host memory or of device memory, whatever the program tags
   * it as (WSB-DEV-02).
   */
  readonly placeOf: PlaceRule;
  /** What `set_option` and `get_option` do (WSB-SET). */
  readonly setOption: SetOptionRules;
}

/**
 * Which options an engine sees: those of its load (WSB-MULTI-01), and none of an earlier load of
 * the same process (WSB-METHOD-07). `loads` are those of all loads so far, this one last.
 */
export type OptionsRule = (
  own: readonly DeliveredOption[],
  engine: number,
  loads: readonly (readonly DeliveredOption[])[],
) => readonly DeliveredOption[];

/**
 * The memory that a tensor lies in, and what it is taken for; `tagged` says whether the program
 * tags it for a device.
 */
export type PlaceRule = (lies: 'host' | 'device', tagged: boolean, role: TensorRole) => 'host' | 'device';

/** What a tensor is to the delegate that uses it. */
export type TensorRole = 'input' | 'output';

/** The rules of the specification, for a delegate that leaves automatic budgets to TensorRT. */
export const STANDARD_RULES: Rules = {
  ...METADATA_RULES,
  ...ALIAS_RULES,
  ...NAME_RULES,
  ...ARGUMENT_RULES,
  parseBudget,
  chooseBudget,
  applyBudget,
  policy: 'upstream',
  automaticBudget: AUTOMATIC_RULES,
  fittingBudget,
  freeMemory,
  yields: true,
  budgetStep: 'before-context',
  restoresDevice: true,
  judgesResident: true,
  destroysFailed: true,
  destroysEvent: true,
  destroysInReverse: true,
  runtimeUse: RUNTIMES_ANEW,
  optionsOf: (own) => own,
  shareBudget: (choice) => choice,
  isBindingName: (name, binding) => name === binding,
  placeOf: (lies) => lies,
  setOption: SET_OPTION_RULES,
};

/** The rules given, with automatic budgets chosen under a policy. */
export function rulesUnder(policy: Policy, rules: Rules = STANDARD_RULES): Rules {
  return { ...rules, policy };
}
