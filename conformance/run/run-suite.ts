import type { BulkExecutor } from '../bulk/bulk-job.js';
import { BulkProcesses } from '../bulk/bulk-processes.js';
import { BulkThreads } from '../bulk/bulk-threads.js';
import type { ExpectedFailure } from '../expectations/expected-failure.js';
import type { KnownFailures } from '../expectations/known-failures.js';
import type { RunResult } from '../model/run-result.js';
import { asOutOfProcess } from '../subjects/as-out-of-process.js';
import type { Subject } from '../subjects/subject.js';
import { decidingClauses } from './conclusion.js';
import { concludeRun, knownFailures } from './conclude-run.js';
import { continueRun } from './plan/continue-run.js';
import { partOf, type Section } from './plan/section.js';
import { type NotRun, notRunOf } from './not-run.js';
import type { EndedRun, Reporter } from './reporter.js';
import { run } from './run.js';
import { type HostileEnds, NO_HOSTILE, runHostile } from './run-hostile.js';
import type { TakesStep } from './sections/section-steps.js';
import { RunClock } from './state/run-clock.js';
import { earlyEnd, type RunEnd } from './state/run-end.js';
import type { Step } from './state/step.js';
import type { Suite, SuitePlan } from './suite.js';

/**
 * Runs a plan from its first case to its conclusion: the one way for simulated and real TensorRT.
 *
 * @throws SubjectError when the subject breaks: nothing can be said of it then.
 */
export async function runSuite(suite: Suite, reporters: readonly Reporter[]): Promise<EndedRun> {
  try {
    for (const reporter of reporters) reporter.begin?.(suite.header);
    const ended = await endedRun(suite, reporters);
    for (const reporter of reporters) {
      ended.result.findings.forEach((finding) => reporter.finding?.(finding));
      await reporter.end?.(ended);
    }
    return ended;
  } finally {
    for (const reporter of reporters) reporter.close?.();
  }
}

/** The entries of a list that have not expired. */
export function liveEntries(expected: readonly ExpectedFailure[], today: string): readonly ExpectedFailure[] {
  return expected.filter(({ until }) => until >= today);
}

async function endedRun(suite: Suite, reporters: readonly Reporter[]): Promise<EndedRun> {
  const { opened, plan, expected, today } = suite;
  const known = knownFailures(suite.root, opened, liveEntries(expected, today));
  const clock = new RunClock();
  const end = endOf(suite, clock);
  const seen = await runSections(suite, { known, clock, end }, reporters);
  const hostile = await hostileEnds(suite, end);
  return concludeRun(suite, { known, seen, hostile, notRun: notRunBy(plan, seen, hostile, end) });
}

/** What ends the run before its plan does, as it was asked for. */
function endOf({ header: { options }, clauses, requirement }: Suite, clock: RunClock): RunEnd {
  const { failFast = false, budget = null } = options;
  const deciding = failFast ? decidingClauses(clauses, requirement) : null;
  return earlyEnd({ deciding, budget, elapsed: () => clock.elapsed() });
}

/** What came of the hostile files, unless the run is over before them. */
async function hostileEnds({ opened, plan }: Suite, end: RunEnd): Promise<HostileEnds> {
  const { perCaseProcess } = opened.subject;
  if (perCaseProcess === null || end.reason() !== null) return NO_HOSTILE;
  return runHostile(plan.hostile, perCaseProcess);
}

function notRunBy(plan: SuitePlan, seen: RunResult, hostile: HostileEnds, end: RunEnd): NotRun | null {
  const ran = hostile.results.length > 0 || hostile.control !== null;
  const left = { sections: plan.sections, hostile: ran ? 0 : plan.hostile.length };
  return notRunOf(left, seen.sections, end.reason());
}

/** What a run is held by while it goes on. */
export interface Going {
  readonly known: KnownFailures;
  readonly clock: RunClock;
  readonly end: RunEnd;
  /** Which steps are taken, in a shard; all where it is left out. */
  readonly takes?: TakesStep;
}

/** Runs the sections of a plan, or the steps of them that a shard takes. */
export async function runSections(
  { root, opened, play, plan, header, kept, jobs }: Suite,
  { known, clock, end, takes }: Going,
  reporters: readonly Reporter[],
): Promise<RunResult> {
  const { seed, options, tool } = header;
  const started = { root, version: tool.version, seed: Number(seed) };
  const pool = bulkPool(opened.subject, started, jobs, known);
  const { time } = options;
  try {
    return await run(
      opened,
      time === null ? plan.sections : timedSections(plan.sections, time, clock, kept),
      {
        onProgress: (section, done) => {
          for (const reporter of reporters) reporter.progress?.(partOf(section), done);
        },
        onStep: (step) => {
          for (const reporter of reporters) reporter.step?.(step);
        },
        play,
        pool,
        seed: Number(seed),
        kept,
        clock,
        end,
        processes: opened.subject.kind === 'in-process' ? 1 : jobs,
        known,
        ...(takes === undefined ? {} : { takes }),
      },
    );
  } finally {
    await pool.close();
  }
}

/** What a worker thread opens its subject with. */
interface WorkerStart {
  readonly root: string;
  readonly version: string;
  readonly seed: number;
}

/**
 * What runs cases in bulk on a subject: threads for one in this process, else its own processes.
 */
export function bulkPool(
  subject: Subject,
  start: WorkerStart,
  jobs: number,
  known?: KnownFailures,
): BulkExecutor {
  const { name, policy } = subject;
  // Threads count failures without looking at them.
  if (subject.kind === 'in-process' && known?.isEmpty === false) {
    return new BulkProcesses(asOutOfProcess(subject), start.seed, undefined, 1, known);
  }
  return subject.kind === 'in-process'
    ? new BulkThreads(subject, { subject: name, policy, ...start }, jobs)
    : new BulkProcesses(subject, start.seed, undefined, jobs, known);
}

/** The sections of a plan, and further rounds while there is time or an earlier run began them. */
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
