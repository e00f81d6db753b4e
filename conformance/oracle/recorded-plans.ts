import type { RecordedPlans } from '../../reference/index.js';
import { sha256OfSource, type HashProgress } from '../files/sha256-of-source.js';
import type { RecordedPlan } from './recorded.js';

/**
 * Looks up real TensorRT plans by their sha256, as the simulated TensorRT does: the modelled plan
 * that stands for them, or null for a plan that was not recorded. One of another size than any that
 * was recorded is not read.
 */
export function recordedPlanLookup(
  recorded: readonly RecordedPlan[],
  onProgress?: HashProgress,
): RecordedPlans {
  const sizes = new Set(recorded.map(({ size }) => size));
  const plans = new Map(recorded.map(({ sha256, plan }) => [sha256, plan]));
  return (engine) =>
    sizes.has(engine.size) ? (plans.get(sha256OfSource(engine, onProgress)) ?? null) : null;
}
