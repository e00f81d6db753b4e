import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { MutantRun } from './mutant-result.js';

/** The lines of a report that tell of findings and written cases (spec/schemas/report.schema.json). */
type ReportLine =
  | { readonly record: 'case'; readonly verdict: string }
  | { readonly record: 'finding'; readonly clause: ClauseId; readonly occurrences: number }
  | { readonly record: 'header' | 'area' | 'footer' };

/** What a run came to, from its exit code and the text of its report. */
export function readMutantRun(exitCode: number | undefined, report: string): MutantRun {
  const lines = report
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ReportLine);
  const first = lines.filter((line) => line.record === 'case').findIndex(({ verdict }) => verdict === 'fail');
  return {
    exitCode,
    found: lines
      .filter((line) => line.record === 'finding')
      .map(({ clause, occurrences }) => ({ clause, cases: occurrences }))
      .sort((a, b) => b.cases - a.cases),
    firstCase: first < 0 ? null : first + 1,
  };
}
