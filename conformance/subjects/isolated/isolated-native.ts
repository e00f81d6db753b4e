import { availableParallelism } from 'node:os';
import { encodePlan } from '../../../reference/index.js';
import type { RecordedPlan } from '../../golden/recorded.js';
import { BINARY_FRAMING } from '../process/binary-framing.js';
import { CaseBatch } from '../process/case-batch.js';
import type { Launch } from '../process/child.js';
import { LIMITS, type ProcessLimits } from '../process/process-limits.js';
import { runAfresh } from '../process/run-afresh.js';
import type { ProcessSettings } from '../process/subject-process.js';
import { atMost } from './at-most.js';
import type { RunIsolated } from './isolated-end.js';

/** Two at least: while one starts, another one ends. */
const AT_ONCE = Math.max(2, availableParallelism());

/**
 * Runs requests on a native delegate, each in a process of its own, so that a crash is seen and survived. The process is the suite's
 * host, which starts in milliseconds and holds the same delegate, runtime and simulator as this process.
 *
 * @param launch how the host is started
 */
export function isolatedNative(
  launch: Launch,
  recorded: readonly RecordedPlan[],
  limits: ProcessLimits = LIMITS,
): RunIsolated {
  const settings: ProcessSettings = {
    launch,
    limits,
    framings: ['binary'],
    framing: () => BINARY_FRAMING,
    plans: recorded.map(({ sha256, plan }) => ({ sha256, plan: encodePlan(plan) })),
  };
  return atMost(AT_ONCE, async (request) => {
    const { answers, breakage } = await runAfresh(settings, CaseBatch.of('program', request));
    if (breakage === null) return answers;
    // What a file damaged may show only when the process ends.
    return { ...breakage, kind: breakage.signal === null ? breakage.kind : 'crashed', cases: 1 };
  });
}
