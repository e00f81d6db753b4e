import { existsSync } from 'node:fs';
import { toldQueries } from '../model/filter.js';
import { lineList, visible } from '../model/visible-text.js';
import { clauseDigests } from '../report/changed-since.js';
import { formatReporter } from '../report/formats/format-reporter.js';
import { holdReportFolder } from '../report/report-folder.js';
import { REPORTERS } from '../report/reporters.js';
import { EXIT } from '../run/exit-code.js';
import { exitCodeOf } from '../run/conclusion.js';
import { packageOf } from '../package-of.js';
import { headerOf, type RunParameters } from '../run/header.js';
import { planDigest, planParts } from '../run/plan/plan-digest.js';
import { hostileFaults } from '../run/run-hostile.js';
import { runShard, shardFailed, type ShardSuite } from '../run/run-shard.js';
import { liveEntries, runSuite } from '../run/run-suite.js';
import type { Suite } from '../run/suite.js';
import { loadSchemas } from '../spec/schemas.js';
import { CANARY, checkCanary } from './canary.js';
import { replayCommand } from './command-line.js';
import { earlierReport, nothingThere } from './earlier-report.js';
import { entriesOf, expectationLists, mendLists } from './expectation-lists.js';
import { filterQueries } from './filter-queries.js';
import { interruption } from './interruption.js';
import { type Bench, openBench } from './open-bench.js';
import { type Output, UsageError } from './output.js';
import { type Asked, type Planned, planFor } from './plan-suite.js';
import { shareOf } from './shard-option.js';
import type { SuiteOptions } from './suite-options.js';

/**
 * Runs the suite on a subject, prints the table and the findings, writes the report.
 *
 * @returns the exit code
 * @throws UsageError when no case is chosen, or the subject cannot be run so.
 * @throws SubjectError when the subject breaks, or a part of it is missing.
 */
export async function startSuite(root: string, options: SuiteOptions, output: Output): Promise<number> {
  const schemas = loadSchemas(root);
  if (options.resume === true && !existsSync(options.report)) {
    throw new UsageError(nothingThere(options.report));
  }
  const asked = options.tensorrt === undefined ? options : { ...options, ...WRITTEN_CASES };
  // Before the subject is there: what is wrong with a list is told without one.
  const listed = expectationLists(root, schemas, asked);
  const queries = filterQueries(asked);
  const bench = await openBench(root, asked, output);
  try {
    return await runOn(bench, { root, schemas, options: asked, queries, listed }, output);
  } finally {
    await bench.close();
  }
}

/** Of every run on a real TensorRT: it generates nothing. */
const WRITTEN_CASES = {
  cases: 0,
  decisions: 0,
  depth: 'program',
  exhaustive: false,
  time: undefined,
} as const;

async function runOn(bench: Bench, asked: Asked, output: Output): Promise<number> {
  const { report } = asked.options;
  // What was asked for is judged first: a wrong option needs no folder, nor waits for one.
  const planned = planFor(bench, asked);
  const { told, isEmpty } = planned.narrowed;
  output.err.write(lineList(told));
  if (isEmpty) return EXIT.incomplete;
  const unlock = holdReportFolder(report, 'A run');
  try {
    return await runIn(bench, asked, planned, output, unlock);
  } finally {
    unlock();
  }
}

async function runIn(
  bench: Bench,
  asked: Asked,
  planned: Planned,
  output: Output,
  unlock: () => void,
): Promise<number> {
  const { root, schemas, options, queries, listed } = asked;
  const { opened, play } = bench;
  const { counts, narrowed, plan, clauses, profiles, requirement } = planned;
  const { changedSince } = narrowed;
  const share = options.shard === undefined ? undefined : shareOf(options.shard, process.env);
  const today = new Date().toISOString().slice(0, 10);
  const live = liveEntries(entriesOf(listed), today);
  const place = { root, schemas, folder: options.report, resume: options.resume === true };
  const ours = headerOf(packageOf(root), opened.subject, {
    seed: options.seed,
    generated: counts.cases,
    decisions: counts.decisions,
    filter: toldQueries(queries),
    profile: options.profile ?? opened.subject.profile,
    clauses: clauseDigests(clauses),
    options: { ...parametersOf(options), ...(changedSince === null ? {} : { changedSince }) },
    plan: planDigest(plan.sections, live),
    parts: planParts(plan.sections, live),
    ...(share === undefined ? {} : { shard: share }),
  });
  const earlier = earlierReport(place, ours, output);
  const header = earlier?.header ?? ours;
  const context = {
    root,
    folder: options.report,
    clauses,
    earlier,
    replay: replayCommand.bind(null, header, options.report),
    ...output,
  };
  const names = reporterNames(options);
  const reporters = Object.entries(REPORTERS).filter(([name]) => names.includes(name));
  const formats = (options.reporter ?? []).map((asked) => formatReporter(asked, context));
  const told = [...reporters.map(([, make]) => make(context)), ...formats];
  const suite: Suite = {
    ...{ root, opened, play, plan, clauses, profiles, requirement, today, header },
    expected: entriesOf(listed),
    kept: earlier?.steps ?? [],
    jobs: options.jobs,
  };
  if (plan.covers) {
    await checkCanary();
    output.err.write(
      visible`Canary: ${CANARY.subject} was found to break ${CANARY.breaks}, as it must be.\n`,
    );
  }
  const all = [interruption(header, options.report, told, output, unlock), ...told];
  if (isShard(suite)) {
    const { result, hostile } = await runShard(suite, all);
    return exitCodeOf(!shardFailed(result, hostileFaults(hostile)));
  }
  const { conclusion, stale } = await runSuite(suite, all);
  // Behind the report: a list that cannot be written does not cost it.
  output.out(mendLists(root, listed, stale, options.updateExpectations === true));
  return conclusion.exitCode;
}

/** Whether a run is a part of one. */
function isShard(suite: Suite): suite is ShardSuite {
  return suite.header.shard !== undefined;
}

function reporterNames({ keep, stats, time }: SuiteOptions): readonly string[] {
  return [
    ...['jsonl', 'console'],
    ...(keep === true ? ['regressions'] : []),
    ...(stats === true || time !== undefined ? ['stats'] : []),
  ];
}

function parametersOf(options: SuiteOptions): RunParameters {
  const { cases, decisions, depth, exhaustive = false, time = null, tensorrt, cudart = null } = options;
  const { backendId = null, policy = null, profile = null, require = [], env = [], lacks = [] } = options;
  const { expectations = [], failFast = false, budget, timeout, config } = options;
  const folder = tensorrt === true ? null : tensorrt;
  return {
    ...{ cases, decisions, depth, exhaustive, time, backendId, policy, profile, require },
    ...(typeof config === 'string' ? { config } : config === false ? { config: null } : {}),
    ...(failFast ? { failFast } : {}),
    ...(budget === undefined ? {} : { budget }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(env.length === 0 ? {} : { env }),
    ...(lacks.length === 0 ? {} : { lacks }),
    ...(expectations.length === 0 ? {} : { expectations }),
    ...(folder === undefined ? {} : { tensorrt: { folder, cudart } }),
  };
}
