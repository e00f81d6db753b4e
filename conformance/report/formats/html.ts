import type { Clause } from '../../spec/clause.js';
import type { ToldReport } from '../told-report.js';
import type { Format } from './format.js';

/** A page with everything in it; several reports are shown side by side, clause by clause. */
export const HTML: Format = {
  file: 'report.html',
  help: 'one page in HTML with everything in it, of several reports side by side',
  write: (report, clauses) => page([report], clauses),
  writeSeveral: page,
};

/** What draws is loaded when there is something to draw: it takes longer than most commands. */
async function page(reports: readonly ToldReport[], clauses: readonly Clause[]): Promise<string> {
  const { reportPage } = await import('../page/report-page.js');
  return reportPage(reports, clauses);
}
