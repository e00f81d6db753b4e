import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { BulkIncident, BulkMismatch } from '../../bulk/bulk-job.js';
import type { FlatPlace } from '../../bulk/earlier-flat-cases.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import type { Case } from '../../model/case.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { CaseResult } from '../../model/run-result.js';
import type { Verdict } from '../../model/verdict.js';

/** A flat case that failed, and what is known of how. */
export type FailedFlatCase = FlatPlace & Pick<BulkMismatch, 'observed' | 'clause'>;

/** What the sections of a run tell of cases that did not pass, which may become findings. */
export interface Notes {
  /** The verdict on a written case, and the fingerprint of its finding where it has one by now. */
  readonly fixed: (one: Case, mismatch: Mismatch) => Promise<Pick<CaseResult, 'verdict' | 'finding'>>;
  /** The verdict on a generated case; nothing is noted of the case. */
  readonly generatedVerdict: (mismatch: Mismatch) => Verdict;
  /** Notes a generated case at program depth; gives the verdict on it. */
  readonly generated: (block: readonly GeneratedCase[], mismatch: Mismatch) => Promise<Verdict>;
  /** A flat case that is looked at. */
  readonly flatFailed: (failed: FailedFlatCase) => Promise<void>;
  /** So many flat cases broke the clause and are not looked at. */
  readonly flatCounted: (clause: ClauseId, cases: number) => void;
  /** So many flat cases failed as an entry says, of which this is the first. */
  readonly flatExpected: (entry: ExpectedFailure, cases: number, first: BulkMismatch) => Promise<void>;
  /** A flat case without an outcome. */
  readonly flatIncident: (kind: FlatPlace['kind'], found: BulkIncident) => Promise<void>;
}
