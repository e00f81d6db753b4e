import { createHash } from 'node:crypto';
import type { ByteRange, RecordedPlans } from '../../reference/index.js';
import type { RecordedPlan } from './recorded.js';

/** Bytes of a plan that are read and hashed in one go. */
const PIECE = 2 ** 22;

/** Told while a plan is hashed: how many of its bytes are done. */
export type HashProgress = (done: number, size: number) => void;

/**
 * Looks up real TensorRT plans by their sha256, as the simulated TensorRT does: the modelled plan
 * that stands for them, or null for a plan that was not recorded. One of another size than any that
 * was recorded is not read.
 */
export function recordedPlanLookup(
  recorded: readonly RecordedPlan[],
  onProgress: HashProgress = () => undefined,
): RecordedPlans {
  const sizes = new Set(recorded.map(({ size }) => size));
  const plans = new Map(recorded.map(({ sha256, plan }) => [sha256, plan]));
  return (engine) => (sizes.has(engine.size) ? (plans.get(sha256Of(engine, onProgress)) ?? null) : null);
}

function sha256Of(engine: ByteRange, onProgress: HashProgress): string {
  const hash = createHash('sha256');
  for (let at = 0; at < engine.size; at += PIECE) {
    onProgress(at, engine.size);
    hash.update(engine.read(at, PIECE));
  }
  return hash.digest('hex');
}
