import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import type { Case } from './case.js';
import type { Difference } from './differences.js';
import type { Verdict } from './verdict.js';
import type { Incident } from './incident.js';
import type { CaseSequence } from './case-sequence.js';
import type { ExportCase } from './export-case.js';
import type { Recurrence } from './recurrence.js';

/** One fault of a subject: the clause that it breaks and the smallest case known that shows it. */
export interface Finding {
  /** What findings are grouped by; hexadecimal. */
  readonly fingerprint: string;
  readonly verdict: Verdict;
  readonly clause: ClauseId;
  /** Other clauses to which cases of it were traced, where one fault explains them all. */
  readonly also?: readonly ClauseId[];
  readonly case: Case;
  readonly expected: Outcome;
  /** Without steps where there is an incident. */
  readonly observed: Outcome;
  /** Why there is no outcome; absent when there is one. */
  readonly incident?: Incident;
  readonly differences: readonly Difference[];
  /** How many cases showed it. */
  readonly occurrences: number;
  /** Whether it came back in fresh processes; absent where there are none, or it was not tried. */
  readonly recurrence?: Recurrence;
  /** What brings it back, the case of the finding last; absent where that alone does. */
  readonly sequence?: CaseSequence;
  /**
   * What an exporter was asked and did, where it is the subject; `case` is the load of the program
   * that came back then, whose methods have no delegates where none did.
   */
  readonly exported?: ExportEvidence;
}

/** What an exporter was asked, what it had to do and what it did, in lines to read. */
export interface ExportEvidence {
  readonly case: ExportCase;
  readonly expected: readonly string[];
  readonly observed: readonly string[];
}
