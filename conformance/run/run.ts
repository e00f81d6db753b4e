import type { KnownFailures } from '../expectations/known-failures.js';
import type { RunResult } from '../model/run-result.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { EarlierFlatCases } from '../bulk/earlier-flat-cases.js';
import { Recheck } from './again/recheck.js';
import { blockAllowance } from './blocks/block-allowance.js';
import { BlockRunner } from './blocks/block-runner.js';
import { type PlayCases, runFixedCases } from './blocks/fixed-cases.js';
import type { Section } from './plan/section.js';
import { type BulkTools, MOST_BULK_MISMATCHES, runBulkSection } from './sections/bulk-section.js';
import { runCheckSection, runProgramSection } from './sections/program-section.js';
import { FindingNotes } from './sections/finding-notes.js';
import { LiveFailures } from './sections/live-failures.js';
import type { Notes } from './sections/notes.js';
import { ShardNotes } from './shards/shard-notes.js';
import { type FixedTools, runFixedSection } from './sections/fixed-section.js';
import { type GeneratedTools, runGeneratedSection } from './sections/generated-section.js';
import { type RunRecord, SectionSteps, LateCases, type TakesStep } from './sections/section-steps.js';
import { RunClock } from './state/run-clock.js';
import { WITH_PLAN } from './state/run-end.js';
import { RunState } from './state/run-state.js';

/** What a run can be given besides its sections. Bulk sections need a pool. */
export interface RunOptions
  extends
    Partial<Pick<RunRecord, 'kept' | 'onStep' | 'onProgress' | 'clock' | 'end'>>,
    Partial<Pick<BulkTools, 'pool' | 'look'>>,
    Partial<Pick<GeneratedTools, 'processes'>> {
  /** Plays written cases otherwise than as they are written. */
  readonly play?: PlayCases | undefined;
  /** What the subject is known to fail. */
  readonly known?: KnownFailures;
  /** Seed of the flat cases, so that they can be made once more. */
  readonly seed?: number;
  /**
   * Which steps are taken, in a shard: it makes no findings, but tells in its steps what others
   * make them from. All are where it is left out.
   */
  readonly takes?: TakesStep;
}

/**
 * Runs sections on a subject, holds every outcome against the one expected, shrinks what differs
 * and groups it by fault. Sections of one name are told as one. What `known` expects is told apart
 * from what fails otherwise. A subject in processes of its own has ended when this returns; it may
 * be used again.
 *
 * @throws SubjectError when the subject breaks: nothing can be said of it then.
 */
export async function run(
  opened: Pick<OpenSubject, 'subject' | 'oracle'>,
  sections: Iterable<Section>,
  options: RunOptions = {},
): Promise<RunResult> {
  const { subject } = opened;
  const record: RunRecord = {
    state: new RunState(options.known),
    clock: options.clock ?? new RunClock(),
    late: new LateCases(),
    kept: options.kept ?? [],
    onStep: options.onStep ?? (() => undefined),
    onProgress: options.onProgress ?? (() => undefined),
    end: options.end ?? WITH_PLAN,
    allowance: subject.kind === 'in-process' ? null : subject.allowance,
    takes: options.takes,
  };
  const { state, clock, late, end } = record;
  const { takeSeen, ...tools } = toolsOf(opened, record, options);
  let part = 0;
  try {
    for (const section of sections) {
      if (end.reason() !== null) break;
      const started = clock.elapsed();
      await runSection(section, new SectionSteps({ ...record, takeSeen }, section, part++), tools);
      state.addTime(section, clock.elapsed() - started);
    }
  } catch (error) {
    await subject.close().catch(() => undefined);
    throw error;
  }
  // Only its end shows that a subject in a process of its own did nothing behind its last answer.
  await subject.close();
  await late.takeUp();
  return state.result(clock.elapsed());
}

/** What the sections of every kind are run with. */
interface Tools extends FixedTools, GeneratedTools, BulkTools {
  readonly notes: Notes;
}

function toolsOf(
  opened: Pick<OpenSubject, 'subject' | 'oracle'>,
  { state, late, kept }: RunRecord,
  options: RunOptions,
): Tools & Pick<RunRecord, 'takeSeen'> {
  const { play, pool = null, look = MOST_BULK_MISMATCHES, processes = 1, seed, takes } = options;
  const { subject } = opened;
  // What is played otherwise than it is written is not judged by its record alone.
  const recheck = new Recheck(opened.subject, opened.oracle, play === undefined);
  const noted = { ...opened, subject: recheck.subject };
  const blocks = new BlockRunner(noted.subject, noted.oracle);
  const flat = seed === undefined || !recheck.isPossible ? null : new EarlierFlatCases(seed);
  const failures = new LiveFailures({ opened: noted, blocks, recheck, flat, known: state.known });
  const shard = takes === undefined ? null : new ShardNotes(failures, state.known);
  for (const { seen } of kept) if (seen !== undefined) shard?.restore(seen);
  const notes = shard ?? new FindingNotes(failures, state);
  const written: PlayCases = (cases, onLate) => runFixedCases(blocks, cases, onLate, blockAllowance(subject));
  return {
    ...{ play: play ?? written, blocks, notes, state, recheck, late, pool, look, processes, subject },
    takeSeen: shard?.takeSeen,
  };
}

async function runSection(section: Section, steps: SectionSteps, tools: Tools): Promise<void> {
  switch (section.kind) {
    case 'fixed':
      return runFixedSection(section, steps, tools);
    case 'programs':
      return runProgramSection(section, steps);
    case 'generated':
      return runGeneratedSection(section, steps, tools);
    case 'bulk':
      return runBulkSection(section, steps, tools);
    case 'checks':
      // The subject would hold memory of the device that is looked at.
      await tools.subject.close();
      return runCheckSection(section, steps);
  }
}
