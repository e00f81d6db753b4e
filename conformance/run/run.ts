import type { OpenSubject } from '../subjects/open-subject.js';
import { BlockRunner } from './block-runner.js';
import { FindingNotes } from './finding-notes.js';
import { RunClock } from './run-clock.js';
import type { RunResult } from './run-result.js';
import { RunState } from './run-state.js';
import type { Section } from './section.js';
import { SectionRunner, type SectionTools } from './section-runner.js';
import { NO_JOURNAL } from './step.js';

/** Failures of a volume section that are looked at one by one; all of them are counted. */
const MOST_VOLUME_MISMATCHES = 256;

/** What a run can be given besides its sections. Volume sections need a pool. */
export interface RunOptions extends Partial<Pick<SectionTools, 'onProgress' | 'pool' | 'journal' | 'clock'>> {
  readonly look?: number | undefined;
}

/**
 * Runs sections on a subject, holds every outcome against the one expected, shrinks what differs and groups it by fault. Sections
 * of one name are told as one.
 *
 * @throws SubjectError when the subject breaks: nothing can be said of it then.
 */
export async function run(
  { subject, oracle }: Pick<OpenSubject, 'subject' | 'oracle'>,
  sections: Iterable<Section>,
  {
    onProgress = () => undefined,
    pool = null,
    look = MOST_VOLUME_MISMATCHES,
    journal = NO_JOURNAL,
    clock = new RunClock(),
  }: RunOptions = {},
): Promise<RunResult> {
  const state = new RunState();
  const blocks = new BlockRunner(subject, oracle);
  const notes = new FindingNotes(subject, blocks, state);
  const tools = { blocks, notes, state, journal, clock, pool, onProgress, look };
  let part = 0;
  for (const section of sections) await new SectionRunner(tools, section, part++).run();
  return state.result(clock.elapsed());
}
