import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import { addBroken } from '../../bulk/broken-clause.js';
import {
  type BulkExecutor,
  type BulkJob,
  type BulkMismatch,
  type BulkReport,
  type OnLateBulk,
  type OnReport,
} from '../../bulk/bulk-job.js';
import type { SectionOf } from '../plan/section.js';
import { jobStep, jobSteps, bulkJobs } from '../plan/bulk-section.js';
import { type LateCases, changedVerdict, countVerdicts, type SectionSteps } from './section-steps.js';
import type { RunState } from '../state/run-state.js';
import type { Step } from '../state/step.js';
import type { Notes } from './notes.js';

/** Failures of a section that are looked at one by one; all of them are counted. */
export const MOST_BULK_MISMATCHES = 256;

/** Flat cases that are looked at in one step. */
const LOOKED_AT_ONCE = 32;

/** What the flat cases of a run are run with. */
export interface BulkTools {
  readonly pool: BulkExecutor | null;
  readonly notes: Pick<Notes, 'flatFailed' | 'flatCounted' | 'flatExpected' | 'flatIncident'>;
  readonly state: RunState;
  readonly late: LateCases;
  /**
   * How many failures of a section are looked at one by one, besides the first of every clause; all
   * of them are counted.
   */
  readonly look: number;
}

/** Runs jobs of flat cases, looks at failures; rejects with SubjectError if the subject breaks. */
export async function runBulkSection(
  section: SectionOf<'bulk'>,
  steps: SectionSteps,
  tools: BulkTools,
): Promise<void> {
  const { pool, notes, state, late } = tools;
  if (pool === null) throw new Error(`The section ${section.name} needs a bulk runner.`);
  const seen = new SeenJobs();
  for (const step of steps.kept) if (step.first !== null) seen.note(step.first, step);
  const onLate: OnLateBulk = (found, job) => {
    steps.later(jobStep(section, job), async () => {
      await notes.flatIncident(section.bulkKind, found);
      return { cases: 0, verdicts: changedVerdict(found.was, found.incident.kind) };
    });
  };
  const onReport: OnReport = (report, job) => {
    const number = jobStep(section, job);
    const found = toLookAt(withoutSpare(report, seen.before(number), tools.look), state);
    seen.note(number, found);
    steps.count(number, { cases: report.cases, verdicts: reportVerdicts(report), ...found });
  };
  await pool.run(jobsLeft(section, steps), onReport, onLate);
  await late.takeUp();
  const looks = looksOf(section, seen.before(Infinity), tools);
  for (let at = 0; at < looks.length; at += LOOKED_AT_ONCE) {
    await steps.take(jobSteps(section) + at / LOOKED_AT_ONCE, async () => {
      for (const lookAt of looks.slice(at, at + LOOKED_AT_ONCE)) await lookAt();
      return { cases: 0, verdicts: {} };
    });
  }
  const rest = notLookedAt(seen.before(Infinity), tools.look);
  if (rest.length === 0) return;
  await steps.take(jobSteps(section) + Math.ceil(looks.length / LOOKED_AT_ONCE), () => {
    for (const [clause, cases] of rest) notes.flatCounted(clause, cases);
    return { cases: 0, verdicts: {} };
  });
}

/**
 * The jobs that no earlier run did, until the run is over; one after another, since a run may have
 * millions of them.
 */
function* jobsLeft(section: SectionOf<'bulk'>, steps: SectionSteps): Generator<BulkJob> {
  for (const job of bulkJobs(section)) {
    if (steps.isOver) return;
    if (steps.isLeft(jobStep(section, job))) yield job;
  }
}

/** What is left to look at of a job of flat cases. */
type ToLookAt = Pick<Step, 'mismatches' | 'broken' | 'incidents' | 'expected'>;

/**
 * What is left to look at of jobs, by their numbers. Nothing is kept of those whose cases passed,
 * which are nearly all.
 */
class SeenJobs {
  readonly #jobs = new Map<number, ToLookAt>();

  note(number: number, job: ToLookAt): void {
    const { mismatches, broken, incidents, expected } = job;
    if (mismatches.length + incidents.length + expected.length > 0 || broken !== undefined)
      this.#jobs.set(number, job);
  }

  /** Those of the jobs before that one, in the order of their numbers. */
  before(number: number): readonly ToLookAt[] {
    const earlier = [...this.#jobs].filter(([other]) => other < number);
    return earlier.sort(([a], [b]) => a - b).map(([, job]) => job);
  }
}

function toLookAt(report: BulkReport, { known }: RunState): ToLookAt {
  const { mismatches, broken, incidents = [], expected = [] } = report;
  for (const { entry, told } of expected) if (told) known.note(entry);
  return {
    mismatches,
    ...(broken === undefined ? {} : { broken }),
    incidents,
    expected: expected.map(({ entry, cases, first }) => ({ entry: known.placeOf(entry), cases, first })),
  };
}

/** What is to be looked at of flat cases, in the order in which it is done. */
function looksOf(
  section: SectionOf<'bulk'>,
  seen: readonly ToLookAt[],
  { look, notes, state }: BulkTools,
): readonly (() => Promise<void>)[] {
  const { firstBlock } = section;
  const failed = lookedAt(seen, look);
  const expected = seen.flatMap((one) => one.expected);
  const without = seen.flatMap(({ incidents }) => incidents);
  return [
    ...failed.map((one) => () => notes.flatFailed({ ...one, kind: section.bulkKind, firstBlock })),
    ...expected.map(({ entry, cases, first }) => () => {
      return notes.flatExpected(state.known.entryAt(entry), cases, first);
    }),
    ...without.map((found) => () => notes.flatIncident(section.bulkKind, found)),
  ];
}

/** The failures that are looked at: the first ones, and the first of every clause. */
function lookedAt(seen: readonly ToLookAt[], look: number): readonly BulkMismatch[] {
  const clauses = new Set<string>();
  return seen
    .flatMap(({ mismatches }) => mismatches)
    .filter(({ clause }, at) => {
      const isFirst = clause !== undefined && !clauses.has(clause);
      if (isFirst) clauses.add(clause);
      return isFirst || at < look;
    });
}

/**
 * A report less the failures that are not looked at, because jobs before it have enough of them.
 */
function withoutSpare(report: BulkReport, before: readonly ToLookAt[], look: number): BulkReport {
  if (report.mismatches.length === 0) return report;
  const earlier = before.flatMap(({ mismatches }) => mismatches);
  if (earlier.length < look) return report;
  const clauses = new Set(earlier.map(({ clause }) => clause));
  const mismatches = report.mismatches.filter(({ clause }) => {
    const isFirst = !clauses.has(clause);
    clauses.add(clause);
    return isFirst;
  });
  return { ...report, mismatches };
}

/** How many failures of each clause are counted and not looked at. */
function notLookedAt(seen: readonly ToLookAt[], look: number): readonly (readonly [ClauseId, number])[] {
  const looked = lookedAt(seen, look);
  const counts = Object.entries(addBroken(seen.map(({ broken = {} }) => broken))) as [ClauseId, number][];
  return counts
    .map(([clause, cases]) => [clause, cases - looked.filter((one) => one.clause === clause).length] as const)
    .filter(([, cases]) => cases > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function reportVerdicts(report: BulkReport): Step['verdicts'] {
  const { failed, incidents = [], expected = [], inconclusive = 0 } = report;
  return {
    ...countVerdicts(incidents.map(({ incident }) => incident.kind)),
    fail: failed,
    'expected-fail': expected.reduce((sum, { cases }) => sum + cases, 0),
    inconclusive,
  };
}
