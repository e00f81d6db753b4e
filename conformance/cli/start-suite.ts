import { existsSync } from 'node:fs';
import type { HostileCase } from '../cases/hostile.js';
import { type Requirement, RequirementError, requirementOf } from '../coverage/requirement.js';
import type { ExpectationsFile } from '../expectations/expectations.js';
import type { ShownEntries } from '../expectations/shown-entries.js';
import { both, type Filter, filterOf, queriesText, toldQueries } from '../model/filter.js';
import { formatReporter } from '../report/formats/format-reporter.js';
import { clauseDigests } from '../report/changed-since.js';
import { REPORTERS } from '../report/reporters.js';
import { EXIT, exitCodeOf } from '../run/conclusion.js';
import { headerOf, packageOf, type RunParameters } from '../run/header.js';
import { planDigest, planParts } from '../run/plan/plan-digest.js';
import { planRun, type RunPlanOptions } from '../run/plan/plan-run.js';
import { tellingFirst } from '../run/plan/telling-first.js';
import { hostileCases, hostileFaults } from '../run/run-hostile.js';
import { runShard, shardFailed, type ShardSuite } from '../run/run-shard.js';
import { liveEntries, runSuite } from '../run/run-suite.js';
import type { Suite, SuitePlan } from '../run/suite.js';
import type { Clause } from '../spec/clause.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadProfiles, type Profiles } from '../spec/profiles.js';
import { loadSchemas, type Schemas } from '../spec/schemas.js';
import type { Subject } from '../subjects/subject.js';
import { replayCommand } from './command-line.js';
import { type Output, UsageError } from './output.js';
import { entriesOf, expectationLists, mendLists } from './expectation-lists.js';
import { type Bench, openBench } from './open-bench.js';
import { filterQueries } from './filter-queries.js';
import { type NarrowedPlan, narrowedPlan } from './narrowed-plan.js';
import { readCase } from './read-case.js';
import { shareOf } from './shard-option.js';
import type { SuiteOptions } from './suite-options.js';
import { earlierReport, nothingThere } from './earlier-report.js';
import { lockFolder } from '../files/folder-lock.js';
import { makeFolder } from '../files/make-folder.js';
import { interruption } from './interruption.js';
import { lineList, visibleLine } from '../model/visible-text.js';

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

/** What is known of a bench where a run is planned. */
export type PlanBench = Pick<Bench, 'playable' | 'checks'> & {
  readonly opened: Pick<Bench['opened'], 'policies'> & { readonly subject: PlannedSubject };
};

/** What is known of a subject where a run is planned. */
export type PlannedSubject = Pick<Subject, 'name' | 'capabilities' | 'profile' | 'perCaseProcess'>;

/** What a run is made with, besides its bench. */
export interface Asked {
  readonly root: string;
  readonly schemas: Schemas;
  readonly options: SuiteOptions;
  /** What chooses the cases; none: everything. */
  readonly queries: readonly string[];
  readonly listed: readonly ExpectationsFile[];
}

async function runOn(bench: Bench, asked: Asked, output: Output): Promise<number> {
  const { report } = asked.options;
  // What was asked for is judged first: a wrong option needs no folder, nor waits for one.
  const planned = planFor(bench, asked);
  const { told, isEmpty } = planned.narrowed;
  output.err.write(lineList(told));
  if (isEmpty) return EXIT.incomplete;
  makeFolder(report);
  const unlock = lockFolder(report, 'A run');
  try {
    return await runIn(bench, asked, planned, output, unlock);
  } finally {
    unlock();
  }
}

/** What a run will do and demand. */
export interface Planned {
  readonly counts: GeneratedCounts;
  /** What an earlier report leaves open of all that there is to run. */
  readonly narrowed: NarrowedPlan;
  readonly plan: SuitePlan;
  readonly clauses: ReturnType<typeof loadClauses>;
  readonly profiles: ReturnType<typeof loadProfiles>;
  readonly requirement: ReturnType<typeof requirementFor>;
}

/**
 * What a run as it was asked for will do and demand.
 *
 * @throws UsageError when that is nothing, or cannot be
 */
export function planFor(bench: PlanBench, asked: Asked): Planned {
  const { root, schemas, options } = asked;
  const { subject } = bench.opened;
  const counts = generatedCounts(options, subject);
  const clauses = loadClauses(root);
  const whole = suitePlan(bench, asked, counts);
  const narrowed = narrowedPlan(asked, whole, clauses);
  const { plan } = narrowed;
  const profiles = loadProfiles(root, schemas);
  const requirement = requirementFor(subject, { clauses, profiles }, asked, narrowed);
  return { counts, narrowed, plan, clauses, profiles, requirement };
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

function suitePlan(
  bench: PlanBench,
  { root, schemas, options, queries }: Asked,
  counts: GeneratedCounts,
): SuitePlan {
  const { subject, policies } = bench.opened;
  if (options.case !== undefined) {
    const cases = [{ case: readCase(root, options.case), expected: null }];
    return {
      sections: [{ kind: 'fixed', name: 'case', cases }],
      hostile: [],
      shows: 'none',
      covers: false,
    };
  }
  const filter = filterFor(queries);
  const sections = bench.playable(
    planRun({
      root,
      schemas,
      policies,
      seed: options.seed,
      ...counts,
      takesFlat: subject.capabilities.options,
      exhaustive: options.exhaustive === true && subject.capabilities.decision,
      filter,
      written: options.depth !== 'decision',
      decided: decidedPlace(options, subject),
    }),
  );
  const hostile = hostileOf(subject, options, filter);
  refuseUnused(filter, sections.length + hostile.length);
  const all = filter === null ? [...sections, ...bench.checks] : sections;
  return {
    sections: options.budget === undefined ? all : tellingFirst(all, loadClauses(root)),
    hostile,
    shows: filter === null ? shownBy(options, counts, subject) : 'none',
    covers: filter === null && options.depth !== 'decision',
  };
}

/** A filter from queries; null for none. */
function filterFor(queries: readonly string[]): Filter | null {
  return queries.length === 0 ? null : filterOf(queries);
}

/** @throws UsageError when nothing is chosen, or one of several queries has no part in that */
function refuseUnused(filter: Filter | null, chosen: number): void {
  const unused = filter?.unused() ?? [];
  if (chosen > 0 && unused.length === 0) return;
  const named = unused.length > 0 ? unused : (filter?.queries ?? []);
  const what = named.length === 0 ? 'that' : visibleLine(queriesText(named));
  throw new UsageError(`No case matches ${what}. trt-conformance list cases shows what there is.`);
}

/** Which known failures a run without a filter is sure to show. */
function shownBy(
  { depth }: SuiteOptions,
  { cases, decisions }: GeneratedCounts,
  { capabilities }: PlannedSubject,
): ShownEntries {
  if (capabilities.program ? depth !== 'decision' && cases > 0 : decisions > 0) return 'all';
  return decisions > 0 ? 'decisions' : 'none';
}

/** Where the written cases that a decision shows are run as decisions. */
function decidedPlace({ depth }: SuiteOptions, { capabilities }: PlannedSubject): RunPlanOptions['decided'] {
  if (depth === 'program' || !capabilities.decision) return undefined;
  return depth === 'both' && capabilities.program ? 'beside' : 'in place';
}

/**
 * What a run has to demonstrate; null for one of a single case.
 *
 * @throws UsageError when `--require` names what there is not.
 */
function requirementFor(
  subject: PlannedSubject,
  specified: { readonly clauses: readonly Clause[]; readonly profiles: Profiles },
  { options, queries }: Asked,
  { changedSince }: NarrowedPlan,
): Requirement | null {
  if (options.case !== undefined) return null;
  const { profile = subject.profile, require = [] } = options;
  try {
    return requirementOf({
      ...{ ...specified, profile, require },
      filter: both(filterFor(queries), filterFor(changedSince?.chosen ?? [])),
    });
  } catch (cause) {
    if (cause instanceof RequirementError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

/** How many cases are generated at each depth. */
interface GeneratedCounts {
  readonly cases: number;
  readonly decisions: number;
}

/** As asked for, as far as the subject has that depth. */
function generatedCounts(
  { cases, decisions, depth }: SuiteOptions,
  subject: PlannedSubject,
): GeneratedCounts {
  const decides = subject.capabilities.decision;
  if (depth === 'decision' && !decides) {
    throw new UsageError(`${subject.name} has no decision depth. Run it with --depth program.`);
  }
  return {
    cases: depth === 'decision' || !subject.capabilities.program ? 0 : cases,
    decisions: depth === 'program' || !decides ? 0 : decisions,
  };
}

/**
 * The hostile cases of a run: they need a subject that can be run in a process of its own. None of
 * them comes to a TensorRT.
 */
function hostileOf(
  { perCaseProcess }: PlannedSubject,
  { depth, tensorrt }: SuiteOptions,
  filter: Filter | null,
): readonly HostileCase[] {
  const runs = perCaseProcess !== null && depth !== 'decision' && tensorrt === undefined;
  return runs ? hostileCases(filter) : [];
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
