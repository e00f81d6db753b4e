import {
  type BulkExecutor,
  type BulkReport,
  depthOf,
  type OnLateBulk,
  type OnReport,
} from '../../bulk/bulk-job.js';
import type { SectionOf } from '../plan/section.js';
import { jobStep, jobSteps, bulkJobs } from '../plan/bulk-section.js';
import { type LateCases, changedVerdict, countVerdicts, type SectionSteps } from './section-steps.js';
import type { RunState } from '../state/run-state.js';
import type { Step } from '../state/step.js';
import type { FindingNotes } from './finding-notes.js';

/** Flat cases that are looked at in one step. */
const LOOKED_AT_ONCE = 32;

/** What the flat cases of a run are run with. */
export interface BulkTools {
  readonly pool: BulkExecutor | null;
  readonly notes: FindingNotes;
  readonly state: RunState;
  readonly late: LateCases;
  /** How many failures of a section are looked at one by one; all of them are counted. */
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
  const seen: ToLookAt[] = [];
  for (const step of steps.kept) if (step.first !== null) seen[step.first] = step;
  const left = [...bulkJobs(section)].filter((job) => !steps.has(jobStep(section, job)));
  const onLate: OnLateBulk = (found) => {
    steps.later(async () => {
      await notes.flatIncident(depthOf(section.bulkKind), found);
      return { cases: 0, verdicts: changedVerdict(found.was, found.incident.kind) };
    });
  };
  const onReport: OnReport = (report, job) => {
    const number = jobStep(section, job);
    const found = toLookAt(report, state);
    seen[number] = found;
    steps.count(number, { cases: report.cases, verdicts: reportVerdicts(report), ...found });
  };
  await pool.run(left, onReport, onLate);
  await late.takeUp();
  const looks = looksOf(section, Object.values(seen), tools);
  for (let at = 0; at < looks.length; at += LOOKED_AT_ONCE) {
    await steps.take(jobSteps(section) + at / LOOKED_AT_ONCE, async () => {
      for (const lookAt of looks.slice(at, at + LOOKED_AT_ONCE)) await lookAt();
      return { cases: 0, verdicts: {} };
    });
  }
}

/** What is left to look at of a job of flat cases. */
type ToLookAt = Pick<Step, 'mismatches' | 'incidents' | 'expected'>;

function toLookAt({ mismatches, incidents = [], expected = [] }: BulkReport, { known }: RunState): ToLookAt {
  for (const { entry, told } of expected) if (told) known.note(entry);
  return {
    mismatches,
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
  const failed = seen.flatMap(({ mismatches }) => mismatches).slice(0, look);
  const expected = seen.flatMap((one) => one.expected);
  const without = seen.flatMap(({ incidents }) => incidents);
  return [
    ...failed.map((one) => () => notes.flatFailed({ ...one, kind: section.bulkKind, firstBlock })),
    ...expected.map(({ entry, cases, first }) => () => {
      return notes.flatExpected(state.known.entryAt(entry), cases, first.record);
    }),
    ...without.map((found) => () => notes.flatIncident(depthOf(section.bulkKind), found)),
  ];
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
