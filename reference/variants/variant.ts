import type { Rules } from '../rules/rules.js';
import type { ClauseId } from '../outcome/clause-id.js';

/** A delegate that is wrong on purpose: a suite that does not find it is no suite. */
export interface Variant {
  /** What it does wrong. */
  readonly description: string;
  /** The clause that it breaks. */
  readonly clause: ClauseId;
  /** The rules that it follows, under a policy for automatic budgets under which the error shows. */
  readonly rules: Rules;
}
