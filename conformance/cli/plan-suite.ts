import type { HostileCase } from '../cases/hostile.js';
import { type Requirement, RequirementError, requirementOf } from '../coverage/requirement.js';
import type { ExpectationsFile } from '../expectations/expectations.js';
import type { ShownEntries } from '../expectations/shown-entries.js';
import { both, type Filter, filterOf, queriesText } from '../model/filter.js';
import { visibleLine } from '../model/visible-text.js';
import { planRun, type RunPlanOptions } from '../run/plan/plan-run.js';
import { tellingFirst } from '../run/plan/telling-first.js';
import { hostileCases } from '../run/run-hostile.js';
import type { SuitePlan } from '../run/suite.js';
import type { Clause } from '../spec/clause.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadProfiles, type Profiles } from '../spec/profiles.js';
import type { Schemas } from '../spec/schemas.js';
import type { Subject } from '../subjects/subject.js';
import { type NarrowedPlan, narrowedPlan } from './narrowed-plan.js';
import type { Bench } from './open-bench.js';
import { UsageError } from './output.js';
import { readCase } from './read-case.js';
import type { SuiteOptions } from './suite-options.js';

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
