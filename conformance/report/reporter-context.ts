import type { Finding } from '../model/finding.js';
import type { Clause } from '../spec/clause.js';
import type { ProgressStream } from './progress.js';
import type { UnfinishedReport } from './read-report.js';
import type { VisibleText } from '../model/visible-text.js';

/** What reporters are made with. */
export interface ReporterContext {
  /** The folder of the suite. */
  readonly root: string;
  /** The folder of the report. */
  readonly folder: string;
  readonly clauses: readonly Clause[];
  /** The command that shows a finding again. */
  readonly replay: (finding: Finding) => string;
  /** The report of the run that goes on; null for a new one. */
  readonly earlier: UnfinishedReport | null;
  /** Takes what a user is to read. */
  readonly out: (text: VisibleText) => void;
  /** Takes how far the run is. */
  readonly err: ProgressStream;
}
