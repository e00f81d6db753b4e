import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Difference } from '../model/differences.js';

/**
 * A known failure of a subject: the wrong rule that it follows, the cases that show it, how it
 * differs from the reference, or the clause that it breaks.
 */
export type ExpectedFailure = ExpectedByRule | ExpectedByCases | ExpectedByDifferences | ExpectedByClause;

interface Expected {
  readonly clause: ClauseId;
  /** A part of the message of a case that fails so. */
  readonly message: string;
  readonly reason: string;
  readonly link: string;
  /** The last day on which it is expected, such as 2027-03-31. */
  readonly until: string;
}

/** Every case whose outcome is exactly the one that a delegate with this wrong rule has. */
export interface ExpectedByRule extends Expected {
  /** The name of a variant of the reference. */
  readonly rule: string;
}

/** Written cases, each of which has exactly the outcome that is told. */
export interface ExpectedByCases extends Expected {
  /** As `--filter` takes them; the golden program of a case goes with it. */
  readonly cases: readonly string[];
  /** What is observed, in the lines in which a replay shows it. */
  readonly observed: readonly string[];
}

/** Every case each of whose differences from the reference is one of these. */
export interface ExpectedByDifferences extends Expected {
  /** As findings have them; in each text `*` stands for any other. */
  readonly differences: readonly Difference[];
}

/** Every case whose failure is traced to the clause. */
export type ExpectedByClause = Expected;
