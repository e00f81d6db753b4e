import { createHash } from 'node:crypto';
import type { Plan } from '../../reference/index.js';
import type { RecordedPlan } from './recorded.js';

/**
 * Looks up real TensorRT plans by their sha256, as the simulated TensorRT does: the modelled plan
 * that stands for them, or null for a plan that was not recorded.
 */
export function recordedPlanLookup(recorded: readonly RecordedPlan[]): (engine: Uint8Array) => Plan | null {
  const plans = new Map(recorded.map(({ sha256, plan }) => [sha256, plan]));
  return (engine) => plans.get(createHash('sha256').update(engine).digest('hex')) ?? null;
}
