import { encodePlan } from '../../reference/index.js';
import type { RecordedPlan } from '../oracle/recorded.js';
import type { Launch } from '../process/launch.js';
import { type PerCaseProcess, perCaseProcess } from '../process/per-case-process.js';
import { BINARY_FRAMING } from '../protocol/binary-framing.js';
import { LIMITS, type ProcessLimits } from '../protocol/process-limits.js';

/**
 * Runs requests on a native delegate, each in a process of its own, so that a crash is seen and survived.
 *
 * @param launch how the suite's host is started with the delegate
 */
export function nativePerCaseProcess(
  launch: Launch,
  recorded: readonly RecordedPlan[],
  limits: ProcessLimits = LIMITS,
): PerCaseProcess {
  return perCaseProcess({
    launch,
    limits,
    framings: ['binary'],
    framing: () => BINARY_FRAMING,
    plans: recorded.map(({ sha256, plan }) => ({ sha256, plan: encodePlan(plan) })),
  });
}
