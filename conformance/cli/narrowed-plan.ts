import { countText } from '../model/count-text.js';
import { chooses, type Filter, filterOf } from '../model/filter.js';
import { visible, type VisibleText } from '../model/visible-text.js';
import { type ChangedSince, changedQueries, changedSince } from '../report/changed-since.js';
import { readToldReport } from '../report/read-told-report.js';
import { ReportRefused } from '../report/report-text.js';
import type { ToldReport } from '../report/told-report.js';
import type { RunParameters } from '../run/header.js';
import { type Section, sectionSize } from '../run/plan/section.js';
import type { SuitePlan } from '../run/suite.js';
import { readReport } from '../report/read-report.js';
import type { Clause } from '../spec/clause.js';
import type { Schemas } from '../spec/schemas.js';
import { SPECIFICATION } from '../specification-version.js';
import { UsageError } from './output.js';
import { readReportFile } from './read-report-file.js';
import type { SuiteOptions } from './suite-options.js';

/** A plan, or the part of it that an earlier report leaves open. */
export interface NarrowedPlan {
  readonly plan: SuitePlan;
  /** As the header of a report holds it; null for a run that is held against no earlier one. */
  readonly changedSince: NonNullable<RunParameters['changedSince']> | null;
  /** What is said of it. */
  readonly told: readonly VisibleText[];
  /** Whether the earlier report leaves nothing open. */
  readonly isEmpty: boolean;
}

/** What the plan is narrowed for. */
interface Asked {
  readonly root: string;
  readonly schemas: Schemas;
  readonly options: Pick<SuiteOptions, 'changedSince' | 'resume' | 'report'>;
}

/**
 * The part of a plan that the report of `--changed-since` leaves open; all of it without one. A run
 * that continues another has what that one chose: the earlier report may be gone by then.
 *
 * @throws UsageError when that report cannot be read or is not finished
 */
export function narrowedPlan(asked: Asked, plan: SuitePlan, clauses: readonly Clause[]): NarrowedPlan {
  const { root, schemas, options } = asked;
  const { changedSince: given } = options;
  if (given === undefined) return { plan, changedSince: null, told: [], isEmpty: false };
  const kept = options.resume === true ? chosenBefore(asked, given) : null;
  if (kept !== null) {
    return { plan: narrow(plan, kept.chosen), changedSince: kept, told: [], isEmpty: false };
  }
  const earlier = readFinished(root, schemas, given);
  const changed = changedSince(earlier, plan.sections, clauses, SPECIFICATION);
  const queries = changedQueries(changed);
  const part = narrow(plan, queries);
  const leftOut = sizeOf(plan) - sizeOf(part);
  const told = toldLines(given, earlier, changed, leftOut);
  if (sizeOf(part) === 0) return { plan: part, changedSince: null, told, isEmpty: true };
  const isWhole = leftOut === 0;
  return {
    plan: isWhole ? plan : part,
    changedSince: { report: given, chosen: isWhole ? null : queries, leftOut },
    told,
    isEmpty: false,
  };
}

/** What the unfinished run in the report's folder chose after that same report; null else. */
function chosenBefore({ root, schemas, options }: Asked, given: string): NarrowedPlan['changedSince'] {
  const there = readReport(options.report, root, schemas);
  if (there.kind !== 'unfinished') return null;
  const { changedSince: before } = there.header.options;
  return before?.report === given ? before : null;
}

function narrow(plan: SuitePlan, queries: readonly string[] | null): SuitePlan {
  if (queries === null) return plan;
  const filter = filterOf(queries);
  return {
    sections: plan.sections.flatMap((section) => narrowSection(section, filter)),
    hostile: plan.hostile.filter(({ id }) => queries.length > 0 && filter.matches(id)),
    shows: 'none',
    covers: false,
  };
}

function narrowSection(section: Section, filter: Filter): readonly Section[] {
  if (filter.queries.length === 0) return [];
  switch (section.kind) {
    case 'fixed': {
      const cases = section.cases.filter((one) => chooses(filter, one.case));
      return cases.length === 0 ? [] : [{ ...section, cases }];
    }
    case 'programs': {
      const cases = section.cases.filter((one) => chooses(filter, one));
      return cases.length === 0 ? [] : [{ ...section, cases }];
    }
    case 'generated':
    case 'bulk':
      return filter.matches(section.name) ? [section] : [];
    case 'checks':
      return [];
  }
}

function sizeOf({ sections, hostile }: SuitePlan): number {
  return sections.reduce((sum, section) => sum + sectionSize(section), hostile.length);
}

function toldLines(
  given: string,
  { header }: ToldReport,
  changed: ChangedSince,
  leftOut: number,
): readonly VisibleText[] {
  const reasons: readonly (readonly [readonly string[], string])[] = [
    [changed.failed, 'failed'],
    [changed.missing, 'not demonstrated'],
    [changed.fresh, 'with cases that it had not'],
    [changed.reworded, 'with another text'],
  ];
  const named = reasons
    .filter(([ids]) => ids.length > 0)
    .map(([ids, why]) => `${ids.length} ${ids.length === 1 ? 'clause' : 'clauses'} ${why}`);
  const drawn = changed.generated.length === 0 ? [] : [`generated cases (${changed.generated.join(', ')})`];
  const what = [...named, ...drawn];
  const since = visible`Since the report of ${header.started} in ${given}`;
  const left = visible`${countText(leftOut)} cases are left out, of which nothing is open.`;
  if (what.length === 0) {
    return [
      visible`${since} nothing is open: nothing failed or is missing in it, and nothing is new or changed.`,
      visible`Nothing was run, so nothing is said of the subject. Leave out --changed-since to run everything.`,
    ];
  }
  return [visible`${since}: ${what.join(', ')}. ${left}`];
}

/** @throws UsageError for a report that cannot be read, is not finished, or was changed */
function readFinished(root: string, schemas: Schemas, given: string): ToldReport {
  try {
    return readToldReport(readReportFile(given), root, schemas);
  } catch (error) {
    if (!(error instanceof ReportRefused)) throw error;
    const text = visible`${given} is no finished report, of which one could tell what changed since: ${error.message}`;
    throw new UsageError(text, { cause: error });
  }
}
