import type { ClauseId } from '../outcome/clause-id.js';
import type { BudgetSource } from '../outcome/outcome.js';
import type { BudgetChoice, SetChoice } from './budget-choice.js';

/**
 * Which clauses decide where a budget comes from and what it is; of each kind the most special
 * first.
 */
export class ChoiceTrace {
  /** Why the option counts, is refused or has no effect. */
  readonly option: ClauseId[] = [];
  /** Why the compile specs count, are refused or are masked, and why the budget is automatic. */
  spec: ClauseId[] = [];
  /** Why the bytes given are this budget, or none. */
  readonly value: ClauseId[] = [];
  /** What was chosen; null until then. */
  choice: BudgetChoice | SetChoice | null = null;

  /**
   * @param load - why the options of the load are these
   * @param isFirst - whether no engine of the load came before
   */
  constructor(
    readonly load: readonly ClauseId[],
    readonly isFirst: boolean,
  ) {}

  /** Where the budget comes from, or what is refused. */
  get source(): BudgetSource {
    return this.choice === null || this.choice.kind === 'automatic' ? 'automatic' : this.choice.source;
  }
}
