import { dirname, relative } from 'node:path';
import { Command } from 'commander';
import { replaceFile } from '../files/replace-file.js';
import { lineList, visible, visibleJson } from '../model/visible-text.js';
import { ConsoleReporter } from '../report/console-reporter.js';
import { type AskedFormat, formatReporter } from '../report/formats/format-reporter.js';
import { FORMAT_NAMES } from '../report/formats/formats.js';
import { JsonlReporter } from '../report/jsonl-reporter.js';
import { chainedLines } from '../report/line-chain.js';
import { holdReportFolder, linesText } from '../report/report-folder.js';
import { reportLines } from '../report/report-lines.js';
import type { ReporterContext } from '../report/reporter-context.js';
import type { EndedRun, Reporter } from '../run/reporter.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadSchemas } from '../spec/schemas.js';
import { collectFormats } from './asked-formats.js';
import { replayCommand } from './command-line.js';
import { earlierReport } from './earlier-report.js';
import { mergeShards } from './merge-shards.js';
import { type Output, UsageError } from './output.js';
import { type ReadShard, readShards } from './read-shards.js';

/** What `report merge` was asked for. */
interface MergeOptions {
  readonly report: string;
  readonly out?: string;
  readonly reporter: readonly AskedFormat[];
}

/** `trt-conformance report merge`: makes the report of a run of those of its shards. */
export function mergeCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('merge')
    .description(
      'Make one report of those of all shards of a run: the one that the run without shards would have. Ends as that run.',
    )
    .argument('<shards...>', 'the reports of all shards, or the folders that they are in')
    .option('--report <folder>', 'the folder for the report', 'conformance-report')
    .option('--out <file>', 'the file for the report, in place of a folder')
    .option(
      '--reporter <name[=file]>',
      `also write the report as ${FORMAT_NAMES.join(', ')}; may be given again`,
      collectFormats,
      [],
    )
    .action(async (given: string[], options: MergeOptions) => {
      end(await merge(root, given, options, output));
    });
}

async function merge(
  root: string,
  given: readonly string[],
  { report, out, reporter }: MergeOptions,
  output: Output,
): Promise<number> {
  const schemas = loadSchemas(root);
  const shards = readShards(given, root, schemas);
  const folder = out === undefined ? report : dirname(out);
  refuseOwn(shards, folder);
  const ended = await mergeShards(root, schemas, shards);
  const { header } = ended;
  const unlock = holdReportFolder(folder, 'A merge');
  try {
    if (out === undefined) earlierReport({ root, schemas, folder, resume: false }, header, output);
    const replay = replayCommand.bind(null, header, folder);
    const context = { root, folder, clauses: loadClauses(root), earlier: null, replay, ...output };
    const file = out === undefined ? new JsonlReporter(context) : fileReporter(out, context);
    const formats = reporter.map((asked) => formatReporter(asked, context));
    await tell(ended, [file, new ConsoleReporter(context), ...formats]);
  } finally {
    unlock();
  }
  output.err.write(lineList(machinesText(shards)));
  return ended.conclusion.exitCode;
}

/** The report of a shard has to stay as it is: a merge that fails can be made again. */
function refuseOwn(shards: readonly ReadShard[], folder: string): void {
  const own = shards.find(
    ({ given }) => relative(given, folder) === '' || relative(dirname(given), folder) === '',
  );
  if (own === undefined) return;
  throw new UsageError(
    visible`${folder} is the folder of a shard, ${own.given}. Give --report another folder, or --out a file in one.`,
  );
}

async function tell(ended: EndedRun, reporters: readonly Reporter[]): Promise<void> {
  for (const reporter of reporters) reporter.begin?.(ended.header);
  for (const reporter of reporters) {
    ended.result.findings.forEach((finding) => reporter.finding?.(finding));
    await reporter.end?.(ended);
    reporter.close?.();
  }
}

/** Writes a report as a file of any name; the cases of its findings go into a folder beside it. */
function fileReporter(file: string, context: ReporterContext): Reporter {
  const findings = new JsonlReporter(context);
  return {
    finding: (finding) => {
      findings.finding(finding);
    },
    end: (ended) => {
      const lines = reportLines(ended, context.replay).map((line) => visibleJson(line));
      replaceFile(file, linesText(chainedLines(lines)));
    },
  };
}

/** That shards were run on different machines, of which the report can name one. */
function machinesText(shards: readonly ReadShard[]): readonly ReturnType<typeof visible>[] {
  const machines = [...new Set(shards.map(({ header: { machine } }) => Object.values(machine).join(' ')))];
  if (machines.length < 2) return [];
  return [
    visible`The shards were run on different machines (${machines.join('; ')}); the report names the first.`,
  ];
}
