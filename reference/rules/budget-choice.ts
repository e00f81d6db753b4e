import type { ClauseId } from '../outcome/clause-id.js';
import type { BudgetSource } from '../outcome/outcome.js';

/**
 * What a delegate decides before it asks the engine anything. `ignoredOption` is true when the
 * option was there but empty: that is logged at Error level (WSB-OPT-06). A rejection ends init
 * with InvalidProgram.
 */
export type BudgetChoice =
  | {
      readonly kind: 'explicit';
      readonly source: Exclude<BudgetSource, 'automatic'>;
      readonly budget: bigint;
      readonly ignoredOption: boolean;
    }
  | { readonly kind: 'automatic'; readonly ignoredOption: boolean }
  | {
      readonly kind: 'rejected';
      readonly source: Exclude<BudgetSource, 'automatic'>;
      readonly clause: ClauseId;
      readonly reason: string;
    };
