import type { ClauseId } from '../outcome/clause-id.js';
import type { BudgetSource } from '../outcome/outcome.js';

/** Who gives a budget with a load: its options, or the program. */
export type GivenSource = Exclude<BudgetSource, 'automatic' | 'set-option'>;

/**
 * What a delegate decides before it asks the engine anything. `ignoredOption` is true when the
 * option was there but empty: that is logged at Error level (WSB-OPT-06). A rejection ends init
 * with InvalidProgram.
 */
export type BudgetChoice =
  | {
      readonly kind: 'explicit';
      readonly source: GivenSource;
      readonly budget: bigint;
      readonly ignoredOption: boolean;
    }
  | { readonly kind: 'automatic'; readonly ignoredOption: boolean }
  | {
      readonly kind: 'rejected';
      readonly source: GivenSource;
      readonly clause: ClauseId;
      readonly reason: string;
    };

/** An explicit budget that `set_option` left for the loads after it (WSB-SET-16). */
export interface SetChoice {
  readonly kind: 'explicit';
  readonly source: 'set-option';
  readonly budget: bigint;
  readonly ignoredOption: boolean;
}
