import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../reference/index.js';
import type { HostileCase } from '../cases/hostile.js';
import { type Header, headerOf, packageOf, type RunParameters } from '../report/header.js';
import { hostileLines } from '../report/hostile-text.js';
import { reportLines } from '../report/report-lines.js';
import { statsText } from '../report/stats-text.js';
import { applyExpectations } from '../expectations/apply-expectations.js';
import { expectationsFile, loadExpectations, writeExpectations } from '../expectations/expectations.js';
import { staleText } from '../expectations/stale-text.js';
import { findingFile, writeReport } from '../report/write-report.js';
import { writeRegressions } from '../golden/regressions.js';
import { continueRun } from '../run/continue-run.js';
import { type Filter, filterOf } from '../run/filter.js';
import type { Finding } from '../run/finding.js';
import { hostileCases, type HostileResult, runHostile } from '../run/run-hostile.js';
import { mergeFindings } from '../run/merge-findings.js';
import { planDigest } from '../run/plan-digest.js';
import { planRun } from '../run/plan-run.js';
import { Progress } from '../run/progress.js';
import { run } from '../run/run.js';
import { RunClock } from '../run/run-clock.js';
import type { RunResult } from '../run/run-result.js';
import type { Section } from '../run/section.js';
import type { OnProgress, Volumes } from '../run/section-runner.js';
import type { Step } from '../run/step.js';
import { clauseCoverage } from '../spec/clause-coverage.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadSchemas } from '../spec/schemas.js';
import { knownErrors } from '../subjects/known-errors.js';
import { type OpenSubject, openSubject } from '../subjects/open-subject.js';
import type { Subject } from '../subjects/subject.js';
import { ProcessVolume } from '../volume/process-volume.js';
import type { Depth } from '../volume/volume-job.js';
import { VolumePool } from '../volume/volume-pool.js';
import type { VolumeSubject } from '../volume/volume-runner.js';
import { EXIT, exitCodeFor } from './exit-code.js';
import type { Output } from './output.js';
import { resultText, startText } from './run-text.js';
import { shellWord } from './shell-word.js';
import { startReport, type StartedReport } from './start-report.js';
import { UsageError } from './usage-error.js';

/** What the user asked `run` for. */
export interface SuiteOptions {
  readonly subject: string;
  readonly backendId?: string;
  readonly policy?: Policy;
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
  readonly updateExpectations?: boolean;
  readonly report: string;
  readonly resume?: boolean;
}

/** Runs the suite on a subject, prints the table and the findings, writes the report; gives the exit code. */
export async function runSuite(root: string, options: SuiteOptions, output: Output): Promise<number> {
  const tool = packageOf(root);
  const opened = await openSubject(options.subject, root, tool.version, options);
  try {
    return await runOpened(root, options, tool, opened, output);
  } finally {
    // A run that is refused leaves its processes as they are; one that was made has ended them.
    await opened.subject.apart?.close().catch(() => undefined);
  }
}

async function runOpened(
  root: string,
  options: SuiteOptions,
  tool: Header['tool'],
  opened: OpenSubject,
  output: Output,
): Promise<number> {
  const { cases, decisions } = generatedCounts(options, opened);
  const filter = options.filter === undefined ? null : filterOf(options.filter);
  const schemas = loadSchemas(root);
  const plan = planRun({
    root,
    schemas,
    policies: opened.policies,
    seed: options.seed,
    cases,
    decisions,
    exhaustive: options.exhaustive === true && hasDepth(opened.subject, 'decision'),
    volume: opened.subject.volume !== null || opened.subject.apart !== undefined,
    filter,
    written: options.depth !== 'decision',
  });
  const hostile = hostileOf(opened.subject, options, filter);
  if (plan.length === 0 && hostile.length === 0) {
    throw new UsageError(
      `No case matches ${filter?.query ?? 'that'}. trt-conformance list cases shows what there is.`,
    );
  }
  const command = (finding: Finding): string => replayCommand(options, finding);
  const place = { root, schemas, folder: options.report, resume: options.resume === true };
  const asked = headerOf(tool, opened.subject, {
    seed: options.seed,
    generated: cases,
    decisions,
    filter: filter?.query ?? null,
    options: parametersOf(options),
    plan: planDigest(plan),
  });
  const started = startReport(place, asked, command, output);
  const { header } = started;
  output.out(startText(header));

  const seen = await runSections(root, options, tool.version, opened, plan, started, output);
  const known = loadExpectations(root, schemas, options.subject);
  const whole = filter === null && options.depth === 'both' && cases > 0;
  const { result: judged, stale } = applyExpectations(seen, known.failures, today(), whole);
  if (options.updateExpectations === true && stale.length > 0) {
    const gone = new Set(stale.map(({ entry }) => entry));
    writeExpectations(root, { ...known, failures: known.failures.filter((entry) => !gone.has(entry)) });
  }
  const result = mergeFindings(judged, knownErrors(root, opened.policies.own));
  const ended = await endsOf(hostile, opened.subject);
  const clauses = loadClauses(root);
  const coverage =
    filter === null && options.depth !== 'decision' ? clauseCoverage(clauses, result.cases) : null;
  const lines = reportLines(header, result, command, coverage);
  writeReport(options.report, lines, result.findings, hostileLines(ended));
  if (options.keep === true) writeRegressions(join(root, 'golden/regressions'), result.findings);
  if (options.stats === true || options.time !== undefined) output.out(statsText(options.seed));
  output.out(resultText(result, clauses, command, coverage, ended, options.report));
  output.out(staleText(options.subject, stale));
  return stale.length > 0 ? EXIT.doesNotConform : exitCodeFor(result.verdicts);
}

/** How many cases are generated at each depth: as asked for, as far as the subject has that depth. */
function generatedCounts(
  { cases, decisions, depth }: SuiteOptions,
  { subject }: OpenSubject,
): { readonly cases: number; readonly decisions: number } {
  const decides = hasDepth(subject, 'decision');
  if (depth === 'decision' && !decides) {
    throw new UsageError(`${subject.name} has no decision depth. Run it with --depth program.`);
  }
  return {
    cases: depth === 'decision' || !hasDepth(subject, 'program') ? 0 : cases,
    decisions: depth === 'program' || !decides ? 0 : decisions,
  };
}

function hasDepth({ volume, apart }: Subject, depth: Depth): boolean {
  if (apart !== undefined) return apart.capabilities[depth];
  return depth === 'program' || volume?.decide != null;
}

/** The hostile cases of a run: they need a subject that can be run in a process of its own. */
function hostileOf(
  { isolated }: Subject,
  { depth }: SuiteOptions,
  filter: Filter | null,
): readonly HostileCase[] {
  return isolated === undefined || depth === 'decision' ? [] : hostileCases(filter);
}

async function endsOf(
  cases: readonly HostileCase[],
  { isolated }: Subject,
): Promise<readonly HostileResult[]> {
  return isolated === undefined ? [] : runHostile(cases, isolated);
}

async function runSections(
  root: string,
  { subject: name, seed, jobs, time, policy }: SuiteOptions,
  version: string,
  opened: OpenSubject,
  plan: readonly Section[],
  { journal, kept }: StartedReport,
  { err }: Output,
): Promise<RunResult> {
  const { volume, apart } = opened.subject;
  const inThreads = (inProcess: VolumeSubject): Volumes =>
    new VolumePool(inProcess, { subject: name, root, version, seed, policy }, jobs);
  // What is expected is told from what is not case by case, so all cases that fail are looked at.
  const look = existsSync(join(root, expectationsFile(name))) ? Infinity : undefined;
  const apartPool = apart === undefined ? null : new ProcessVolume(apart, seed, look, jobs);
  const pool = volume === null ? apartPool : inThreads(volume);
  const progress = new Progress(err);
  const clock = new RunClock();
  const sections = time === undefined ? plan : timedSections(plan, time, clock, kept);
  try {
    const onProgress: OnProgress = (section, done) => {
      progress.update(section, done);
    };
    const result = await run(opened, sections, {
      onProgress,
      pool,
      look,
      journal,
      clock,
      processes: apart === undefined ? 1 : jobs,
    });
    return result;
  } finally {
    progress.end();
    journal.close();
    await pool?.close();
  }
}

/** The sections of a plan, and of further rounds as long as there is time; all that an earlier run began are among them. */
function* timedSections(
  plan: readonly Section[],
  time: number,
  clock: RunClock,
  kept: readonly Step[],
): Generator<Section> {
  const needed = Math.max(0, ...kept.map(({ part }) => part + 1));
  let begun = 0;
  for (const section of continueRun(plan, () => begun < needed || clock.elapsed() < time)) {
    begun++;
    yield section;
  }
}

function parametersOf(options: SuiteOptions): RunParameters {
  const {
    cases,
    decisions,
    depth,
    exhaustive = false,
    time = null,
    backendId = null,
    policy = null,
  } = options;
  return { cases, decisions, depth, exhaustive, time, backendId, policy };
}

/** The day in UTC, such as 2026-11-22. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function replayCommand({ subject, backendId, policy, report }: SuiteOptions, finding: Finding): string {
  const id = backendId === undefined ? '' : ` --backend-id ${shellWord(backendId)}`;
  const file = shellWord(findingFile(report, finding));
  const chosen = policy === undefined ? '' : ` --policy ${policy}`;
  return `npx trt-conformance run --subject ${shellWord(subject)}${id}${chosen} --case ${file}`;
}
