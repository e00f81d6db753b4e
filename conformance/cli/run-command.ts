import { Command } from 'commander';
import { headerOf, packageOf } from '../report/header.js';
import { reportLines } from '../report/report-lines.js';
import { clearReport, findingFile, writeReport } from '../report/write-report.js';
import { filterOf } from '../run/filter.js';
import type { Finding } from '../run/finding.js';
import { planRun } from '../run/plan-run.js';
import { Progress } from '../run/progress.js';
import { run } from '../run/run.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadSchemas } from '../spec/schemas.js';
import { openSubject } from '../subjects/open-subject.js';
import { EXIT } from './exit-code.js';
import { parseCount, parseSeed } from './numbers.js';
import type { Output } from './output.js';
import { replay } from './replay.js';
import { resultText, startText } from './run-text.js';
import { UsageError } from './usage-error.js';

const DEFAULT_CASES = 120_000;
const DEFAULT_SEED = 1;

interface RunOptions {
  readonly subject: string;
  readonly cases: number;
  readonly seed: number;
  readonly filter?: string;
  readonly report: string;
  readonly case?: string;
}

/** `trt-conformance run`. */
export function runCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('run')
    .description('Run the suite against a subject, with the reference as the oracle.')
    .option('--subject <name>', 'native, native:MUTANT, reference or reference:VARIANT', 'native')
    .option('--cases <n>', 'how many cases are generated', parseCount, DEFAULT_CASES)
    .option(
      '--seed <s>',
      'seed of the generated cases: the same seed gives the same cases',
      parseSeed,
      DEFAULT_SEED,
    )
    .option('--filter <query>', 'clause ids, case ids or generated alone; * stands for any text')
    .option('--report <folder>', 'where the report goes', 'conformance-report')
    .option('--case <file>', 'run that case alone, such as one of conformance-report/findings')
    .action(async (options: RunOptions) => {
      end(
        options.case === undefined
          ? await runSuite(root, options, output)
          : await replay(root, options.subject, options.case, output),
      );
    });
}

async function runSuite(root: string, options: RunOptions, { out, err }: Output): Promise<number> {
  const tool = packageOf(root);
  const opened = await openSubject(options.subject, root, tool.version);
  const filter = options.filter === undefined ? null : filterOf(options.filter);
  const { seed, cases: generated } = options;
  const schemas = loadSchemas(root);
  const sections = planRun({ root, schemas, oracle: opened.oracle, seed, generated, filter });
  if (sections.length === 0) {
    throw new UsageError(
      `No case matches ${filter?.query ?? 'that'}. trt-conformance list cases shows what there is.`,
    );
  }
  clearReport(options.report);
  const header = headerOf(tool, opened.subject, { seed, generated, filter: filter?.query ?? null });
  out(startText(header));

  const progress = new Progress(err);
  const result = await run(opened, sections, (section, done) => {
    progress.update(section, done);
  });
  progress.end();

  const command = (finding: Finding): string => replayCommand(options, finding);
  writeReport(options.report, reportLines(header, result, command), result.findings);
  out(resultText(result, loadClauses(root), command, options.report));
  return result.findings.length === 0 ? EXIT.conforms : EXIT.doesNotConform;
}

function replayCommand({ subject, report }: RunOptions, finding: Finding): string {
  return `npx trt-conformance run --subject ${subject} --case ${findingFile(report, finding)}`;
}
