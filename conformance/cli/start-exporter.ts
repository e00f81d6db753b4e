import { EXPORTERS } from '../cases/exporters.js';
import { clauseCoverage } from '../coverage/clause-coverage.js';
import { demonstrate } from '../coverage/demonstration.js';
import { type Requirement, RequirementError, requirementOf } from '../coverage/requirement.js';
import { staleEntries } from '../expectations/stale-entries.js';
import type { ExporterBench } from '../exporter/exporter-bench.js';
import { KnownExports } from '../exporter/known-exports.js';
import { type ExporterPlan, runExporter } from '../exporter/run-exporter.js';
import type { ExportCase } from '../model/export-case.js';
import { chooses, type Filter, filterOf, queriesText, toldQueries } from '../model/filter.js';
import { visibleLine } from '../model/visible-text.js';
import { packageOf } from '../package-of.js';
import { allCapabilities } from '../protocol/capabilities.js';
import { clauseDigests } from '../report/changed-since.js';
import { formatReporter } from '../report/formats/format-reporter.js';
import { holdReportFolder } from '../report/report-folder.js';
import { REPORTERS } from '../report/reporters.js';
import { conclude } from '../run/conclusion.js';
import { type Header, headerOf, type RunParameters } from '../run/header.js';
import { planDigest } from '../run/plan/plan-digest.js';
import type { EndedRun, Reporter } from '../run/reporter.js';
import { NO_HOSTILE } from '../run/run-hostile.js';
import { liveEntries } from '../run/run-suite.js';
import type { Clause } from '../spec/clause.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadProfiles } from '../spec/profiles.js';
import { loadSchemas } from '../spec/schemas.js';
import { replayCommand } from './command-line.js';
import { entriesOf, expectationLists, mendLists } from './expectation-lists.js';
import { filterQueries } from './filter-queries.js';
import { interruption } from './interruption.js';
import { openExporterBench } from './open-exporter-bench.js';
import { type Output, UsageError } from './output.js';
import type { ExporterOptions } from './suite-options.js';

const PROFILE = 'exporter';

/**
 * Runs the suite on an exporter, prints the table and the findings, writes the report.
 *
 * @returns the exit code
 * @throws UsageError when no case is chosen, or an option cannot be used so.
 * @throws SubjectError when the exporter, or the delegate that loads what it writes, cannot be
 * started.
 */
export async function startExporter(root: string, options: ExporterOptions, output: Output): Promise<number> {
  const schemas = loadSchemas(root);
  const { expectations = [] } = options;
  const queries = filterQueries(options);
  const plan = planOf(options, queries);
  const bench = await openExporterBench(root, options);
  try {
    const listed = expectationLists(root, schemas, { subject: bench.exporter.name, expectations }, EXPORTERS);
    const unlock = holdReportFolder(options.report, 'A run');
    try {
      const ended = await runIn(root, { options, queries, plan, listed, bench }, output, unlock);
      output.out(mendLists(root, listed, ended.stale, options.updateExpectations === true));
      return ended.conclusion.exitCode;
    } finally {
      unlock();
    }
  } finally {
    await closed(bench);
  }
}

/** Ends the exporter and the delegate. */
export async function closed({ exporter, delegate }: ExporterBench): Promise<void> {
  await exporter.close().catch(() => undefined);
  await delegate.subject.close().catch(() => undefined);
}

interface Asked {
  readonly options: ExporterOptions;
  readonly queries: readonly string[];
  readonly plan: ExporterPlan;
  readonly listed: ReturnType<typeof expectationLists>;
  readonly bench: ExporterBench;
}

async function runIn(root: string, asked: Asked, output: Output, unlock: () => void): Promise<EndedRun> {
  const { options, queries, plan, listed, bench } = asked;
  const clauses = loadClauses(root);
  const requirement = requirementFor(root, clauses, asked);
  const header = headerFor(root, clauses, asked);
  const context = {
    ...{ root, folder: options.report, clauses, earlier: null },
    replay: replayCommand.bind(null, header, options.report),
    ...output,
  };
  const told: readonly Reporter[] = [
    ...['jsonl', 'console'].flatMap((name) => REPORTERS[name]?.(context) ?? []),
    ...(options.reporter ?? []).map((each) => formatReporter(each, context)),
  ];
  const all = [interruption(header, options.report, told, output, unlock), ...told];
  const today = new Date().toISOString().slice(0, 10);
  const entries = entriesOf(listed);
  const known = new KnownExports(liveEntries(entries, today));
  try {
    for (const reporter of all) reporter.begin?.(header);
    const seen = await runExporter(bench, plan, known, {
      progress: (part, done) => {
        for (const reporter of all) reporter.progress?.(part, done);
      },
      step: (step) => {
        for (const reporter of all) reporter.step?.(step);
      },
    });
    const shows = queries.length === 0 && plan.drawn > 0;
    const { result, stale } = staleEntries(seen, entries, known, today, () => shows);
    const ended = endedRun(
      { header, result, stale, clauses, requirement, covers: queries.length === 0 },
      root,
    );
    for (const reporter of all) {
      for (const finding of result.findings) reporter.finding?.(finding);
      await reporter.end?.(ended);
    }
    return ended;
  } finally {
    for (const reporter of all) reporter.close?.();
  }
}

interface Seen extends Pick<EndedRun, 'header' | 'result' | 'stale'> {
  readonly clauses: readonly Clause[];
  readonly requirement: Requirement;
  readonly covers: boolean;
}

function endedRun({ header, result, stale, clauses, requirement, covers }: Seen, root: string): EndedRun {
  const profiles = loadProfiles(root, loadSchemas(root));
  const demonstration = demonstrate(requirement, clauses, result.cases, profiles);
  const own = clauses.filter(({ id }) => profiles[PROFILE].includes(id));
  return {
    ...{ header, result, stale, hostile: NO_HOSTILE },
    conclusion: conclude({ ...result, clauses, demonstration, stale: stale.length }),
    coverage: covers ? clauseCoverage(own, result.cases) : null,
  };
}

/** @throws UsageError when no case is chosen, or a query chooses none */
function planOf({ seed, cases }: ExporterOptions, queries: readonly string[]): ExporterPlan {
  const filter: Filter | null = queries.length === 0 ? null : filterOf(queries);
  const written = EXPORTERS.filter((one: ExportCase) => chooses(filter, one));
  const drawn = filter === null || filter.matches('generated') ? cases : 0;
  const unused = filter?.unused() ?? [];
  if (written.length + drawn > 0 && unused.length === 0) return { written, drawn, seed };
  const named = unused.length > 0 ? unused : (filter?.queries ?? []);
  const what = named.length === 0 ? 'that' : visibleLine(queriesText(named));
  throw new UsageError(
    `No case for exporters matches ${what}. trt-conformance list cases --filter 'WSB-EXPORT-*' shows what there is.`,
  );
}

/** @throws UsageError when `--require` names what there is not */
function requirementFor(root: string, clauses: readonly Clause[], { options, queries }: Asked): Requirement {
  const profiles = loadProfiles(root, loadSchemas(root));
  try {
    return requirementOf({
      ...{ clauses, profiles, profile: PROFILE, require: options.require ?? [] },
      filter: queries.length === 0 ? null : filterOf(queries),
    });
  } catch (cause) {
    if (cause instanceof RequirementError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

function headerFor(
  root: string,
  clauses: readonly Clause[],
  { options, queries, plan, bench }: Asked,
): Header {
  const { exporter, delegate } = bench;
  const { name, versions, files } = exporter;
  return headerOf(
    packageOf(root),
    { name, versions, files, capabilities: allCapabilities() },
    {
      seed: options.seed,
      generated: plan.drawn,
      decisions: 0,
      filter: toldQueries(queries),
      profile: PROFILE,
      clauses: clauseDigests(clauses),
      options: parametersOf(options, plan, { name: exporter.chosen, delegate: delegate.subject.name }),
      plan: planDigest([], []),
    },
  );
}

function parametersOf(
  { require = [], env = [], expectations = [], timeout }: ExporterOptions,
  { drawn }: ExporterPlan,
  exporter: NonNullable<RunParameters['exporter']>,
): RunParameters {
  return {
    ...{ cases: drawn, decisions: 0, depth: 'program', exhaustive: false, time: null },
    ...{ exporter, backendId: null, policy: null, profile: null, require },
    ...(timeout === undefined ? {} : { timeout }),
    ...(env.length === 0 ? {} : { env }),
    ...(expectations.length === 0 ? {} : { expectations }),
  };
}
