import { join } from 'node:path';
import { conforms } from '../compare/verdict.js';
import { headerOf, packageOf } from '../report/header.js';
import { reportLines } from '../report/report-lines.js';
import { statsText } from '../report/stats-text.js';
import { clearReport, findingFile, writeReport } from '../report/write-report.js';
import { writeRegressions } from '../golden/regressions.js';
import { continueRun } from '../run/continue-run.js';
import { filterOf } from '../run/filter.js';
import type { Finding } from '../run/finding.js';
import { mergeFindings } from '../run/merge-findings.js';
import { planRun } from '../run/plan-run.js';
import { Progress } from '../run/progress.js';
import { run } from '../run/run.js';
import type { RunResult } from '../run/run-result.js';
import type { Section } from '../run/section.js';
import { clauseCoverage } from '../spec/clause-coverage.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadSchemas } from '../spec/schemas.js';
import { knownErrors } from '../subjects/known-errors.js';
import { type OpenSubject, openSubject } from '../subjects/open-subject.js';
import { VolumePool } from '../volume/volume-pool.js';
import { EXIT } from './exit-code.js';
import type { Output } from './output.js';
import { resultText, startText } from './run-text.js';
import { UsageError } from './usage-error.js';

/** What the user asked `run` for. */
export interface SuiteOptions {
  readonly subject: string;
  readonly cases: number;
  readonly decisions: number;
  readonly depth: 'program' | 'decision' | 'both';
  readonly exhaustive?: boolean;
  /** Milliseconds. */
  readonly time?: number;
  readonly jobs: number;
  readonly stats?: boolean;
  readonly keep?: boolean;
  readonly seed: number;
  readonly filter?: string;
  readonly report: string;
}

/** Runs the suite on a subject, prints the table and the findings, writes the report; gives the exit code. */
export async function runSuite(root: string, options: SuiteOptions, output: Output): Promise<number> {
  const started = performance.now();
  const tool = packageOf(root);
  const opened = await openSubject(options.subject, root, tool.version);
  const { cases, decisions } = generatedCounts(options, opened);
  const filter = options.filter === undefined ? null : filterOf(options.filter);
  const plan = planRun({
    root,
    schemas: loadSchemas(root),
    oracle: opened.oracle,
    seed: options.seed,
    cases,
    decisions,
    exhaustive: options.exhaustive === true && opened.subject.volume?.decide != null,
    volume: opened.subject.volume !== null,
    filter,
    written: options.depth !== 'decision',
  });
  if (plan.length === 0) {
    throw new UsageError(
      `No case matches ${filter?.query ?? 'that'}. trt-conformance list cases shows what there is.`,
    );
  }
  clearReport(options.report);
  const header = headerOf(tool, opened.subject, {
    seed: options.seed,
    generated: cases,
    decisions,
    filter: filter?.query ?? null,
  });
  output.out(startText(header));

  const sections =
    options.time === undefined
      ? plan
      : continueRun(plan, () => performance.now() - started < Number(options.time));
  const seen = await runSections(root, options, tool.version, opened, sections, output);
  const result = mergeFindings(seen, knownErrors(root));
  const command = (finding: Finding): string => replayCommand(options, finding);
  const clauses = loadClauses(root);
  const coverage =
    filter === null && options.depth !== 'decision' ? clauseCoverage(clauses, result.cases) : null;
  writeReport(options.report, reportLines(header, result, command, coverage), result.findings);
  if (options.keep === true) writeRegressions(join(root, 'golden/regressions'), result.findings);
  if (options.stats === true || options.time !== undefined) output.out(statsText(options.seed));
  output.out(resultText(result, clauses, command, coverage, options.report));
  return conforms(result.verdicts) ? EXIT.conforms : EXIT.doesNotConform;
}

/** How many cases are generated at each depth: as asked for, as far as the subject has that depth. */
function generatedCounts(
  { cases, decisions, depth }: SuiteOptions,
  { subject }: OpenSubject,
): { readonly cases: number; readonly decisions: number } {
  const decides = subject.volume?.decide != null;
  if (depth === 'decision' && !decides) {
    throw new UsageError(`${subject.name} has no decision depth. Run it with --depth program.`);
  }
  return {
    cases: depth === 'decision' ? 0 : cases,
    decisions: depth === 'program' || !decides ? 0 : decisions,
  };
}

async function runSections(
  root: string,
  { subject: name, seed, jobs }: SuiteOptions,
  version: string,
  opened: OpenSubject,
  sections: Iterable<Section>,
  { err }: Output,
): Promise<RunResult> {
  const { volume } = opened.subject;
  const pool = volume === null ? null : new VolumePool(volume, { subject: name, root, version, seed }, jobs);
  const progress = new Progress(err);
  try {
    return await run(
      opened,
      sections,
      (section, done) => {
        progress.update(section, done);
      },
      pool,
    );
  } finally {
    progress.end();
    await pool?.close();
  }
}

function replayCommand({ subject, report }: SuiteOptions, finding: Finding): string {
  return `npx trt-conformance run --subject ${subject} --case ${findingFile(report, finding)}`;
}
