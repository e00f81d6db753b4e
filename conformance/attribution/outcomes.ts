import type { Outcome } from '../../reference/outcome/outcome.js';

/** What was expected of a request, and what came. */
export interface Outcomes {
  readonly expected: Outcome;
  readonly observed: Outcome;
}
