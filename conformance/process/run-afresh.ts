import { setTimeout as sleep } from 'node:timers/promises';
import type { Breakage } from './breakage.js';
import type { CaseBatch } from '../protocol/case-batch.js';
import { MOST_UNANSWERED } from '../protocol/process-limits.js';
import type { ProcessSettings } from './launch.js';
import { SubjectProcess } from './subject-process.js';

/** What came of cases in a process of their own. */
export interface FreshRun {
  /** The answers, one behind the other; those from `at` on do not count. */
  readonly answers: Uint8Array;
  /** The case at which it broke; behind the last one when it did not. */
  readonly at: number;
  /**
   * Whether that case was begun; if not, the one before it may have broken it behind its answer.
   */
  readonly begun: boolean;
  /**
   * With what it wrote to standard error behind its hello. Null when all were answered and the
   * process ended as it should.
   */
  readonly breakage: Breakage | null;
}

/**
 * Runs cases in a fresh process that writes each begin and each answer through, and lets it end.
 * What it does within `linger` milliseconds behind the last answer, and at its end, counts as done
 * at the last case.
 */
export async function runAfresh(settings: ProcessSettings, cases: CaseBatch, linger = 0): Promise<FreshRun> {
  const { process } = await SubjectProcess.start(settings, 'each');
  const answers: Uint8Array[] = [];
  for (let at = 0; at < cases.count; at += MOST_UNANSWERED) {
    const part = cases.part(at, Math.min(at + MOST_UNANSWERED, cases.count));
    const result = await process.send(part);
    answers.push(result.answers);
    if (result.kind === 'answered') continue;
    const { begun } = result;
    const breakage = await process.killed(result.breakage);
    return { answers: Buffer.concat(answers), at: at + result.at, begun, breakage };
  }
  if (linger > 0) await sleep(linger);
  const breakage = await process.stop();
  const all = Buffer.concat(answers);
  if (breakage === null) return { answers: all, at: cases.count, begun: true, breakage };
  const at = Math.max(cases.count - 1, 0);
  return { answers: all, at, begun: true, breakage: await process.killed(breakage) };
}
