import { exportProgram } from '../../reference/exporter/export-program.js';
import { askCase } from '../exporter/exporter-bench.js';
import { ExportNotes } from '../exporter/export-notes.js';
import { isIncident } from '../exporter/exporter.js';
import { KnownExports } from '../exporter/known-exports.js';
import { answerLines, exportLines } from '../model/export-lines.js';
import { noVerdicts } from '../model/verdict.js';
import { lineList, visible } from '../model/visible-text.js';
import { incidentLines } from '../report/finding-text.js';
import { conclude } from '../run/conclusion.js';
import { loadClauses } from '../spec/load-clauses.js';
import { openExporterBench } from './open-exporter-bench.js';
import type { Output } from './output.js';
import { readExportCase } from './read-case.js';
import { closed } from './start-exporter.js';
import type { ExporterOptions } from './suite-options.js';

/**
 * Asks an exporter one case from a file, and shows what was expected and what it did.
 *
 * @returns the exit code, as a run of this case alone
 * @throws UsageError when the file is missing or is not a case for exporters.
 */
export async function replayExport(
  root: string,
  options: ExporterOptions,
  file: string,
  { out }: Output,
): Promise<number> {
  const one = readExportCase(root, file);
  const bench = await openExporterBench(root, options);
  try {
    const judged = await askCase(bench, one);
    const { answer, differences } = judged;
    const notes = new ExportNotes(new KnownExports([]));
    const { verdict } = notes.note(judged);
    out(
      lineList([
        visible`${one.id} (${one.clauses.join(', ')}), exporter ${bench.exporter.name}`,
        ...exportLines(one.request).map((line) => visible`  ${line}`),
        visible`expected`,
        ...answerLines(exportProgram(one.request)).map((line) => visible`  ${line}`),
        visible`observed`,
        ...(isIncident(answer) ? incidentLines(answer) : answerLines(answer)).map(
          (line) => visible`  ${line}`,
        ),
        ...differences.map(
          ({ path, expected, observed, clause }) =>
            visible`${clause}: ${path} is ${observed}, not ${expected}`,
        ),
        visible`${verdict}`,
      ]),
    );
    const verdicts = { ...noVerdicts(), [verdict]: 1 };
    return conclude({ verdicts, findings: notes.list(), clauses: loadClauses(root), demonstration: null })
      .exitCode;
  } finally {
    await closed(bench);
  }
}
