import { applyBudget } from '../application/apply-budget.js';
import { AUTOMATIC_RULES, type AutomaticRule, type Policy } from '../application/automatic-budget.js';
import { parseBudget } from '../budget/parse-budget.js';
import { chooseBudget } from '../precedence/choose-budget.js';

/** The rules that a delegate follows; a variant replaces one of them by a wrong one. */
export interface Rules {
  readonly parseBudget: typeof parseBudget;
  readonly chooseBudget: typeof chooseBudget;
  readonly applyBudget: typeof applyBudget;
  /** How an automatic budget comes about, which the specification leaves to the delegate (WSB-AUTO-01). */
  readonly automaticBudget: AutomaticRule;
}

/** The rules of the specification, for a delegate that leaves automatic budgets to TensorRT. */
export const STANDARD_RULES: Rules = {
  parseBudget,
  chooseBudget,
  applyBudget,
  automaticBudget: AUTOMATIC_RULES.upstream,
};

/** The rules given, but for automatic budgets those of a policy. */
export function rulesUnder(policy: Policy, rules: Rules = STANDARD_RULES): Rules {
  return { ...rules, automaticBudget: AUTOMATIC_RULES[policy] };
}
