import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { CaseBatch } from '../protocol/case-batch.js';
import type { Answer } from './answers.js';
import { runAfresh } from './run-afresh.js';
import type { ProcessSettings } from './launch.js';

/**
 * Carries out one request record in a process that runs no other. Calls can be made at once; how
 * many processes there are at a time is the subject's matter.
 *
 * @throws SubjectError when such a process does not even start.
 */
export type PerCaseProcess = (request: Uint8Array) => Promise<Answer>;

/** Two at least: while one starts, another one ends. */
const AT_ONCE = Math.max(2, availableParallelism());

/**
 * Runs requests on a subject each in a fresh process, so that one that ends it is told of that
 * request and of no other.
 */
export function perCaseProcess(settings: ProcessSettings): PerCaseProcess {
  const limit = pLimit(AT_ONCE);
  return (request) => limit(runAlone, settings, request);
}

async function runAlone(settings: ProcessSettings, request: Uint8Array): Promise<Answer> {
  const { answers, breakage } = await runAfresh(settings, CaseBatch.of('program', request));
  if (breakage === null) return answers;
  // What a file damaged may show only when the process ends, by a signal or an exit of its own.
  const died = breakage.signal !== null || (breakage.exitCode ?? 0) !== 0;
  return { ...breakage, kind: died ? 'crashed' : breakage.kind, cases: 1 };
}
