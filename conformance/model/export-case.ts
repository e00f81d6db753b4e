import type { ExportAnswer } from '../../reference/exporter/export-answer.js';
import type { ExportRequest } from '../../reference/exporter/export-request.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Case } from './case.js';

/** One test of an exporter, as data: what it is asked for, and the clause that this is about. */
export interface ExportCase extends Pick<Case, 'id' | 'clauses' | 'kind' | 'title'> {
  readonly clauses: readonly [ClauseId];
  readonly request: ExportRequest;
  /** What its author expects, independently of the reference; null for a drawn case. */
  readonly expectation: ExportExpectation | null;
}

/** What an exporter is to do, in words and as a check. */
export interface ExportExpectation {
  readonly text: string;
  /** Null when an answer is as expected, else what is not. */
  readonly check: (answer: ExportAnswer) => string | null;
}
