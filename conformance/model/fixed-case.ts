import type { Outcome } from '../../reference/outcome/outcome.js';
import type { DecisionCase } from '../../reference/rules/decide.js';
import type { Case } from './case.js';

/** A case that is written down, and how it is judged. */
export interface FixedCase {
  readonly case: Case;
  /** The outcome expected of it where that is kept or recorded; null: what the reference says. */
  readonly expected: Outcome | null;
  /**
   * True when its program file may be damaged, so that it is run in a process of its own where the
   * subject has a way to.
   */
  readonly perCaseProcess?: boolean;
  /**
   * What it asks of the budget rules alone, when it is put to the subject at decision depth; absent
   * for a case at program depth.
   */
  readonly decision?: DecisionCase;
}
