import { applyBudget } from '../application/apply-budget.js';
import { readDeviceId } from '../blob/read-device-id.js';
import { parseBudget } from '../budget/parse-budget.js';
import { chooseBudget } from '../precedence/choose-budget.js';

/** The rules that a delegate follows; a variant replaces one of them by a wrong one. */
export interface Rules {
  readonly readDeviceId: typeof readDeviceId;
  readonly parseBudget: typeof parseBudget;
  readonly chooseBudget: typeof chooseBudget;
  readonly applyBudget: typeof applyBudget;
  /** When the budget is chosen and applied (WSB-APPLY-11). */
  readonly budgetStep: 'before-context' | 'after-context';
}

/** The rules of the specification. */
export const STANDARD_RULES: Rules = {
  readDeviceId,
  parseBudget,
  chooseBudget,
  applyBudget,
  budgetStep: 'before-context',
};
