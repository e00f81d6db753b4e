import { fittingBudget as largestFitting } from '../rules/fitting-budget.js';
import type { SimulatedEngine } from '../engine/simulated-engine.js';
import type { EngineHandle } from './engine-handle.js';

/**
 * Gives an engine with a fitting budget and a context that was never used a smaller budget: the
 * largest that leaves `bytes` of device memory free, or 0. Its context is destroyed first and made
 * again then (WSB-APPLY-11), at the latest with a budget of 0. One that holds no weights in device
 * memory is left alone, and one that would hold no less by streaming keeps everything resident, and
 * is not asked again. Afterwards the handle's context is null when TensorRT made none any more.
 * `fittingBudget` says how much fits.
 */
export function yieldBudget(bytes: bigint, handle: EngineHandle, fittingBudget = largestFitting): void {
  const { engine, context } = handle;
  if (engine === null || context === null || !canYield(handle)) return;
  const held = engine.getWeightStreamingBudgetV2();
  context.destroy();
  if (engine.setWeightStreamingBudgetV2(0n, 'WSB-AUTO-07')) {
    handle.keepsAll =
      held === engine.getStreamableWeightsSize() && engine.getWeightStreamingScratchMemorySize() >= held;
    const free = handle.freeBytes - bytes;
    const budget = handle.keepsAll ? held : smallerBudget(free, held, engine, fittingBudget);
    if (budget > 0n) engine.setWeightStreamingBudgetV2(budget, 'WSB-AUTO-07');
  }
  handle.context = engine.createExecutionContext('WSB-AUTO-07');
  if (
    handle.context === null &&
    engine.getWeightStreamingBudgetV2() > 0n &&
    engine.setWeightStreamingBudgetV2(0n, 'WSB-AUTO-07')
  )
    handle.context = engine.createExecutionContext('WSB-AUTO-07');
}

/** Whether an engine with a context keeps weights resident and would hold less without. */
export function canYield({ engine, context, keepsAll }: EngineHandle): boolean {
  return engine !== null && context !== null && !keepsAll && engine.getWeightStreamingBudgetV2() > 0n;
}

/**
 * The budget to have instead of `held`, with so much free memory to have it in, while nothing is
 * resident and there is no context.
 */
function smallerBudget(
  free: bigint,
  held: bigint,
  engine: SimulatedEngine,
  fittingBudget: typeof largestFitting,
): bigint {
  const streamable = engine.getStreamableWeightsSize();
  const { activations } = engine;
  const fitting = fittingBudget(
    { free, streamable, activations },
    engine.getWeightStreamingScratchMemorySize(),
  );
  return fitting < held ? fitting : held;
}
