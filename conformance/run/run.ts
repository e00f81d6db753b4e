import { KnownFailures } from '../expectations/known-failures.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { BlockRunner } from './block-runner.js';
import { FindingNotes } from './finding-notes.js';
import { LateCases } from './late-cases.js';
import { RunClock } from './run-clock.js';
import type { RunResult } from '../model/run-result.js';
import { RunState } from './run-state.js';
import type { Section } from './section.js';
import { SectionRunner, type SectionTools } from './section-runner.js';
import { NO_JOURNAL } from './step.js';

/** Failures of a volume section that are looked at one by one; all of them are counted. */
const MOST_VOLUME_MISMATCHES = 256;

/** What a run can be given besides its sections. Volume sections need a pool. */
export interface RunOptions extends Partial<Pick<SectionTools, 'onProgress' | 'pool' | 'journal' | 'clock'>> {
  readonly look?: number | undefined;
  readonly processes?: number;
  /** What the subject is known to fail. */
  readonly known?: KnownFailures;
}

/**
 * Runs sections on a subject, holds every outcome against the one expected, shrinks what differs and groups it by fault. Sections
 * of one name are told as one. What `known` expects is told apart from what fails otherwise. A subject in processes of its own has ended when this returns; it may be used again.
 *
 * @throws SubjectError when the subject breaks: nothing can be said of it then.
 */
export async function run(
  opened: Pick<OpenSubject, 'subject' | 'oracle'>,
  sections: Iterable<Section>,
  {
    onProgress = () => undefined,
    pool = null,
    look = MOST_VOLUME_MISMATCHES,
    journal = NO_JOURNAL,
    clock = new RunClock(),
    processes = 1,
    known = KnownFailures.NONE,
  }: RunOptions = {},
): Promise<RunResult> {
  const state = new RunState(known);
  const blocks = new BlockRunner(opened.subject, opened.oracle);
  const notes = new FindingNotes(opened, blocks, state);
  const late = new LateCases();
  const { subject } = opened;
  const tools = { blocks, notes, state, journal, clock, pool, onProgress, look, late, subject, processes };
  let part = 0;
  try {
    for (const section of sections) await new SectionRunner(tools, section, part++).run();
  } catch (error) {
    await subject.close().catch(() => undefined);
    throw error;
  }
  // Only its end shows that a subject in a process of its own did nothing behind its last answer.
  await subject.close();
  await late.takeUp();
  return state.result(clock.elapsed());
}
