import { join } from 'node:path';
import { quote } from 'shlex';
import type { Policy } from '../../reference/index.js';
import type { HostileCase } from '../cases/hostile.js';
import { type Header, headerOf, packageOf, type RunParameters } from '../report/header.js';
import { hostileLines } from '../report/hostile-text.js';
import { reportLines } from '../report/report-lines.js';
import { statsText } from '../report/stats-text.js';
import {
  type ExpectedFailure,
  type Expectations,
  loadExpectations,
  writeExpectations,
} from '../expectations/expectations.js';
import { KnownFailures } from '../expectations/known-failures.js';
import { mendedEntries, staleEntries } from '../expectations/stale-entries.js';
import { staleText } from '../expectations/stale-text.js';
import { findingFile, writeReport } from '../report/write-report.js';
import { writeRegressions } from '../golden/regressions.js';
import { continueRun } from '../run/continue-run.js';
import { demandedVerdicts } from '../run/demanded-verdicts.js';
import { type Filter, filterOf } from '../model/filter.js';
import type { Finding } from '../model/finding.js';
import { hostileCases, type HostileEnds, hostileFaults, NO_HOSTILE, runHostile } from '../run/run-hostile.js';
import { mergeFindings } from '../attribution/merge-findings.js';
import { planDigest } from '../run/plan-digest.js';
import { planParts } from '../run/plan-parts.js';
import { planRun } from '../run/plan-run.js';
import { Progress } from '../report/progress.js';
import { run } from '../run/run.js';
import { RunClock } from '../run/run-clock.js';
import type { RunResult } from '../model/run-result.js';
import type { Section } from '../run/section.js';
import type { OnProgress } from '../run/section-runner.js';
import type { BulkExecutor } from '../bulk/bulk-job.js';
import type { Step } from '../run/step.js';
import { clauseCoverage } from '../coverage/clause-coverage.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadSchemas, type Schemas } from '../spec/schemas.js';
import { knownErrors, ruledOracles } from '../attribution/known-errors.js';
import { type OpenSubject, openSubject } from '../subjects/open-subject.js';
import { maskAnswer } from '../process/mask-answer.js';
import type { Subject } from '../subjects/subject.js';
import { BulkProcesses } from '../bulk/bulk-processes.js';
import { BulkThreads } from '../bulk/bulk-threads.js';
import { exitCodeFor } from '../run/exit-code.js';
import type { Output } from './output.js';
import { resultText, startText } from './run-text.js';
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
  const schemas = loadSchemas(root);
  // Before the subject is there: what is wrong with a list is told without one.
  const listed = loadExpectations(root, schemas, options.subject);
  const opened = await openSubject(options.subject, root, tool.version, options);
  try {
    return await runOpened({ root, schemas, options, tool, opened, listed }, output);
  } finally {
    // A run that is refused leaves its processes as they are; one that was made has ended them.
    await opened.subject.close().catch(() => undefined);
  }
}

/** What a run is made with. */
interface Suite {
  readonly root: string;
  readonly schemas: Schemas;
  readonly options: SuiteOptions;
  readonly tool: Header['tool'];
  readonly opened: OpenSubject;
  /** What the subject is known to fail, with what has expired. */
  readonly listed: Expectations;
}

async function runOpened(suite: Suite, output: Output): Promise<number> {
  const { root, schemas, options, tool, opened, listed } = suite;
  const { cases, decisions } = generatedCounts(options, opened);
  const filter = options.filter === undefined ? null : filterOf(options.filter);
  const plan = planRun({
    root,
    schemas,
    policies: opened.policies,
    seed: options.seed,
    cases,
    decisions,
    exhaustive: options.exhaustive === true && opened.subject.capabilities.decision,
    volume: true,
    filter,
    written: options.depth !== 'decision',
  });
  const hostile = hostileOf(opened.subject, options, filter);
  if (plan.length === 0 && hostile.length === 0) {
    throw new UsageError(
      `No case matches ${filter?.query ?? 'that'}. trt-conformance list cases shows what there is.`,
    );
  }
  const live = listed.failures.filter(({ until }) => until >= today());
  const known = knownFailures(root, opened, live);
  const command = (finding: Finding): string => replayCommand(options, finding);
  const place = { root, schemas, folder: options.report, resume: options.resume === true };
  const asked = headerOf(tool, opened.subject, {
    seed: options.seed,
    generated: cases,
    decisions,
    filter: filter?.query ?? null,
    options: parametersOf(options),
    plan: planDigest(plan, live),
    parts: planParts(plan, live),
  });
  const started = startReport(place, asked, command, output);
  const { header } = started;
  output.out(startText(header));

  const seen = await runSections(suite, plan, known, started, output);
  const whole = filter === null && options.depth === 'both' && cases > 0;
  const { result: judged, stale } = staleEntries(seen, listed.failures, known, today(), whole);
  const merged = mergeFindings(judged, {
    errors: knownErrors(root, opened.policies.own),
    oracle: opened.oracle,
    cases: plan.flatMap((section) => (section.kind === 'fixed' ? section.cases : [])),
  });
  const ended = await endsOf(hostile, opened.subject);
  const clauses = loadClauses(root);
  const demanded = demandedVerdicts(merged, clauses, hostileFaults(ended));
  const result = { ...merged, demanded };
  const coverage =
    filter === null && options.depth !== 'decision' ? clauseCoverage(clauses, result.cases) : null;
  const lines = reportLines(header, result, command, coverage);
  writeReport(options.report, lines, result.findings, hostileLines(ended));
  if (options.keep === true) writeRegressions(join(root, 'golden/regressions'), result.findings);
  if (options.stats === true || options.time !== undefined) output.out(statsText(options.seed));
  output.out(resultText(result, clauses, command, coverage, ended, options.report));
  const mends = options.updateExpectations === true && stale.length > 0;
  // Behind the report: a list that cannot be written does not cost it.
  if (mends) writeExpectations(root, { ...listed, failures: mendedEntries(listed.failures, stale) });
  output.out(staleText(options.subject, stale, mends));
  return exitCodeFor(demanded, stale.length);
}

/** Tells what the subject is known to fail, by entries that have not expired. */
function knownFailures(
  root: string,
  { subject: { capabilities }, policies: { own } }: OpenSubject,
  live: readonly ExpectedFailure[],
): KnownFailures {
  return new KnownFailures(live, ruledOracles(root, own), (depth, record) =>
    maskAnswer(depth, record, capabilities),
  );
}

/** How many cases are generated at each depth: as asked for, as far as the subject has that depth. */
function generatedCounts(
  { cases, decisions, depth }: SuiteOptions,
  { subject }: OpenSubject,
): { readonly cases: number; readonly decisions: number } {
  const decides = subject.capabilities.decision;
  if (depth === 'decision' && !decides) {
    throw new UsageError(`${subject.name} has no decision depth. Run it with --depth program.`);
  }
  return {
    cases: depth === 'decision' || !subject.capabilities.program ? 0 : cases,
    decisions: depth === 'program' || !decides ? 0 : decisions,
  };
}

/** The hostile cases of a run: they need a subject that can be run in a process of its own. */
function hostileOf(
  { perCaseProcess }: Subject,
  { depth }: SuiteOptions,
  filter: Filter | null,
): readonly HostileCase[] {
  return perCaseProcess === null || depth === 'decision' ? [] : hostileCases(filter);
}

async function endsOf(cases: readonly HostileCase[], { perCaseProcess }: Subject): Promise<HostileEnds> {
  return perCaseProcess === null ? NO_HOSTILE : runHostile(cases, perCaseProcess);
}

async function runSections(
  { root, tool: { version }, opened, options: { subject: name, seed, jobs, time, policy } }: Suite,
  plan: readonly Section[],
  known: KnownFailures,
  { journal, kept }: StartedReport,
  { err }: Output,
): Promise<RunResult> {
  const { subject } = opened;
  const pool: BulkExecutor =
    subject.kind === 'in-process'
      ? new BulkThreads(subject, { subject: name, root, version, seed, policy }, jobs)
      : new BulkProcesses(subject, seed, undefined, jobs, known);
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
      journal,
      clock,
      processes: subject.kind === 'in-process' ? 1 : jobs,
      known,
    });
    return result;
  } finally {
    progress.end();
    journal.close();
    await pool.close();
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
  const id = backendId === undefined ? '' : ` --backend-id ${quote(backendId)}`;
  const file = quote(findingFile(report, finding));
  const chosen = policy === undefined ? '' : ` --policy ${policy}`;
  return `npx trt-conformance run --subject ${quote(subject)}${id}${chosen} --case ${file}`;
}
