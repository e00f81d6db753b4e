import { encodePlan } from '../../reference/index.js';
import type { RecordedPlan } from '../oracle/recorded.js';
import { BINARY_FRAMING } from '../protocol/binary-framing.js';
import type { Launch } from '../process/child.js';
import { isolatedProcess } from '../process/isolated-process.js';
import { LIMITS, type ProcessLimits } from '../protocol/process-limits.js';
import type { RunIsolated } from '../process/isolated-end.js';

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
  return isolatedProcess({
    launch,
    limits,
    framings: ['binary'],
    framing: () => BINARY_FRAMING,
    plans: recorded.map(({ sha256, plan }) => ({ sha256, plan: encodePlan(plan) })),
  });
}
