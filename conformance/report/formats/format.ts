import type { Clause } from '../../spec/clause.js';
import type { ToldReport } from '../told-report.js';

/** A way to write a finished report. The same report always gives the same text. */
export interface Format {
  /** The name of its file in the folder of a report. */
  readonly file: string;
  /** What it is for, in a few words. */
  readonly help: string;
  readonly write: (report: ToldReport, clauses: readonly Clause[]) => string | Promise<string>;
  /** Several reports side by side; absent where a format takes one alone. */
  readonly writeSeveral?: (reports: readonly ToldReport[], clauses: readonly Clause[]) => Promise<string>;
}
