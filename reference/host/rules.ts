import { applyBudget } from '../application/apply-budget.js';
import { parseBudget } from '../budget/parse-budget.js';
import { chooseBudget } from '../precedence/choose-budget.js';

/** The rules that a delegate follows; a variant replaces one of them by a wrong one. */
export interface Rules {
  readonly parseBudget: typeof parseBudget;
  readonly chooseBudget: typeof chooseBudget;
  readonly applyBudget: typeof applyBudget;
}

/** The rules of the specification. */
export const STANDARD_RULES: Rules = { parseBudget, chooseBudget, applyBudget };
