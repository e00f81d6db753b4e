import type { SentCase } from '../model/sent-case.js';
import { splitAnswers } from '../protocol/answer-records.js';
import { MOST_UNANSWERED } from '../protocol/process-limits.js';
import type { Breakage } from './breakage.js';
import type { ProcessSettings } from './launch.js';
import { batchesOfCases } from './case-batches.js';
import { SubjectProcess } from './subject-process.js';

/** What came of cases that one fresh process ran. */
export interface SequenceRun {
  /** The answers, in the order of the cases; fewer than those where the process broke. */
  readonly answers: readonly Uint8Array[];
  /**
   * How it broke: at the first case without an answer, or, where each has one, at the last. Null
   * when it ended as it should.
   */
  readonly breakage: Breakage | null;
}

/**
 * Runs cases of any depth one after another in a fresh process that runs no others.
 *
 * @throws SubjectError when no process starts.
 */
export type RunSequence = (cases: readonly SentCase[]) => Promise<SequenceRun>;

/** Runs sequences on a subject; see {@link RunSequence}. */
export function runSequence(settings: ProcessSettings): RunSequence {
  return async (cases) => {
    const { process } = await SubjectProcess.start(settings, 'each');
    const answers: Uint8Array[] = [];
    for (const batch of batchesOfCases(cases, MOST_UNANSWERED)) {
      const result = await process.send(batch);
      const told = splitAnswers(batch.depth, result.answers);
      if (result.kind === 'answered') {
        answers.push(...told);
        continue;
      }
      answers.push(...told.slice(0, result.at));
      return { answers, breakage: await process.killed(result.breakage) };
    }
    const breakage = await process.stop();
    return { answers, breakage: breakage === null ? null : await process.killed(breakage) };
  };
}
