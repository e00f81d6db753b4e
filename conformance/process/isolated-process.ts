import { availableParallelism } from 'node:os';
import { atMost } from './at-most.js';
import type { RunIsolated } from './isolated-end.js';
import { CaseBatch } from '../protocol/case-batch.js';
import { runAfresh } from './run-afresh.js';
import type { ProcessSettings } from './process-settings.js';

/** Two at least: while one starts, another one ends. */
const AT_ONCE = Math.max(2, availableParallelism());

/**
 * Runs requests on a subject each in a fresh process, so that one that ends it is told of that request and of no other.
 *
 * The call rejects with SubjectError when such a process does not even start.
 */
export function isolatedProcess(settings: ProcessSettings): RunIsolated {
  return atMost(AT_ONCE, async (request) => {
    const { answers, breakage } = await runAfresh(settings, CaseBatch.of('program', request));
    if (breakage === null) return answers;
    // What a file damaged may show only when the process ends, by a signal or an exit of its own.
    const died = breakage.signal !== null || (breakage.exitCode ?? 0) !== 0;
    return { ...breakage, kind: died ? 'crashed' : breakage.kind, cases: 1 };
  });
}
