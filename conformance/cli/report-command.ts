import { Command } from 'commander';
import { replaceFile } from '../files/replace-file.js';
import { lineList, visible, visibleLines } from '../model/visible-text.js';
import { compareReports } from '../report/compare-reports.js';
import { comparisonText } from '../report/comparison-text.js';
import type { Format } from '../report/formats/format.js';
import { FORMAT_NAMES, type FormatName, FORMATS } from '../report/formats/formats.js';
import { readToldReport } from '../report/read-told-report.js';
import { ReportRefused } from '../report/report-text.js';
import type { ToldReport } from '../report/told-report.js';
import { EXIT } from '../run/exit-code.js';
import type { Clause } from '../spec/clause.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadSchemas } from '../spec/schemas.js';
import { mergeCommand } from './merge-command.js';
import { type Output, UsageError } from './output.js';
import { readReportFile } from './read-report-file.js';
import { verifyCommand } from './verify-command.js';

/** `trt-conformance report`: what can be made of finished reports. */
export function reportCommand(root: string, output: Output, end: (code: number) => void): Command {
  const command = new Command('report');
  for (const name of FORMAT_NAMES) command.addCommand(formatCommand(root, name, output));
  return command
    .addCommand(diffCommand(root, output, end))
    .addCommand(mergeCommand(root, output, end))
    .addCommand(
      verifyCommand(root, output, end).description(
        'Recompute the verdict from the lines alone, as verify does.',
      ),
    );
}

function formatCommand(root: string, name: FormatName, { out }: Output): Command {
  const format = FORMATS[name];
  return new Command(name)
    .description(`Write ${format.help}.`)
    .argument(format.writeSeveral === undefined ? '<report>' : '<reports...>', REPORTS_HELP)
    .option('--out <file>', 'write it there instead of printing it')
    .action(async (given: string | readonly string[], options: { readonly out?: string }) => {
      const reports = [given].flat().map((one) => readFinished(root, one));
      const text = await written(format, reports, loadClauses(root));
      if (options.out === undefined) {
        out(visibleLines(text));
        return;
      }
      replaceFile(options.out, text);
      out(lineList([visible`Report: ${options.out}`]));
    });
}

const REPORTS_HELP = 'a report.jsonl, or the folder that it is in';

/** One report in a format, or several in one that puts them side by side. */
async function written(
  format: Format,
  reports: readonly ToldReport[],
  clauses: readonly Clause[],
): Promise<string> {
  const [first, ...others] = reports;
  if (first === undefined) throw new UsageError('Name a report.');
  return others.length > 0 && format.writeSeveral !== undefined
    ? format.writeSeveral(reports, clauses)
    : format.write(first, clauses);
}

function diffCommand(root: string, { out }: Output, end: (code: number) => void): Command {
  return new Command('diff')
    .description(
      'Say what the second report says otherwise than the first. Ends with 1 when a clause is broken that was not.',
    )
    .argument('<before>', 'a report.jsonl, or the folder that it is in')
    .argument('<after>', 'another')
    .option('--json', 'as JSON')
    .action((first: string, second: string, { json }: { readonly json?: true }) => {
      const [before, after] = [readFinished(root, first), readFinished(root, second)];
      const comparison = compareReports(before, after);
      out(
        json === true
          ? visibleLines(`${JSON.stringify(comparison, null, 2)}\n`)
          : comparisonText(comparison, { before, after, clauses: loadClauses(root) }),
      );
      end(comparison.broken.length > 0 ? EXIT.doesNotConform : EXIT.conforms);
    });
}

/** @throws UsageError for a report that cannot be read, is not finished, or was changed */
function readFinished(root: string, given: string): ToldReport {
  try {
    return readToldReport(readReportFile(given), root, loadSchemas(root));
  } catch (error) {
    if (!(error instanceof ReportRefused)) throw error;
    throw new UsageError(visible`${given} is no finished report: ${error.message}`, { cause: error });
  }
}
