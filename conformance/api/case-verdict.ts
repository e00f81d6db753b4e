import type { Outcome } from '../../reference/outcome/outcome.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Case } from '../model/case.js';
import type { Difference } from '../model/differences.js';
import type { Incident } from '../model/incident.js';
import type { Verdict } from '../model/verdict.js';

/** What came of one case on a subject. */
export interface CaseVerdict {
  readonly case: Case;
  readonly verdict: Verdict;
  /** The clause that is broken; null where none is. */
  readonly clause: ClauseId | null;
  /** What the reference says; null where it names no outcome, so that none is demanded. */
  readonly expected: Outcome | null;
  /** What the subject did; null where it gave no outcome, or the expected one. */
  readonly observed: Outcome | null;
  /** Why there is no outcome; null where there is one. */
  readonly incident: Incident | null;
  readonly differences: readonly Difference[];
}
