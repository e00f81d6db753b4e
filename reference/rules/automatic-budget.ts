import { fitsResident, fittingBudget as largestFitting, stepsDown } from './fitting-budget.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { BudgetEngine } from './budget-engine.js';

/** What is known of the memory of an engine and of its device; bytes. */
export interface EngineMemory {
  /** Free device memory, as `cudaMemGetInfo` tells it. */
  readonly freeBytes: bigint;
  /**
   * What an execution context needs for activations; while weights are streamed with the scratch in
   * it.
   */
  getDeviceMemorySizeV2(): bigint;
  /** What an execution context needs besides while weights are streamed; 0 while none are. */
  getWeightStreamingScratchMemorySize(): bigint;
}

/**
 * Sets an automatic budget on an engine that streams. Gives the budgets that TensorRT accepted,
 * each set and none greater than the one before: the first for the engine to go on with, a next one
 * only after no execution context could be made with the last. Gives none when TensorRT refuses
 * all. `memory` is null when the free memory of the device can't be told. `fittingBudget` says how
 * much fits.
 */
export type AutomaticRule = (
  engine: BudgetEngine,
  memory: EngineMemory | null,
  fittingBudget?: typeof largestFitting,
) => Iterator<bigint, void>;

/** Who chooses an automatic budget: the delegate, or TensorRT (spec/clauses/automatic.md). */
export type Policy = 'fitting' | 'upstream';

/** The rule of each policy. */
export const AUTOMATIC_RULES: Readonly<Record<Policy, AutomaticRule>> = {
  fitting: fittedBudget,
  upstream: tensorRtsBudget,
};

/** TensorRT's automatic budget, as upstream's delegate applies it. */
export function* tensorRtsBudget(engine: BudgetEngine): Generator<bigint, void> {
  const budget = engine.getWeightStreamingAutomaticBudget('WSB-APPLY-15');
  // Passed on as given, negative and too large ones too.
  if (engine.setWeightStreamingBudgetV2(budget, 'WSB-APPLY-04')) yield budget;
  // One more try, with everything streamed. A budget whose context does not fit gets none
  // (WSB-FAIL-03).
  else if (engine.setWeightStreamingBudgetV2(0n, 'WSB-APPLY-05')) yield 0n;
}

/**
 * As much as fits beside the execution context, then less; TensorRT's choice when nobody knows what
 * is free (WSB-AUTO-06).
 */
export function* fittedBudget(
  engine: BudgetEngine,
  memory: EngineMemory | null,
  fittingBudget = largestFitting,
): Generator<bigint, void> {
  if (memory === null) {
    yield* tensorRtsBudget(engine);
    return;
  }
  const streamable = engine.getStreamableWeightsSize();
  // Read while nothing is streamed: while weights are, TensorRT counts the scratch among these.
  const sizes = { free: memory.freeBytes, streamable, activations: memory.getDeviceMemorySizeV2() };
  const fits = fitsResident(sizes);
  if (fits && engine.setWeightStreamingBudgetV2(streamable, 'WSB-AUTO-02')) yield streamable;

  // The scratch reads 0 until weights are streamed.
  if (!engine.setWeightStreamingBudgetV2(0n, fits ? 'WSB-AUTO-04' : 'WSB-AUTO-02')) return;
  let current = 0n;
  let because: ClauseId = fits ? 'WSB-AUTO-04' : 'WSB-AUTO-03';
  for (const budget of stepsDown(fittingBudget(sizes, memory.getWeightStreamingScratchMemorySize()))) {
    if (engine.setWeightStreamingBudgetV2(budget, because)) yield (current = budget);
    because = 'WSB-AUTO-04';
  }
  // A refused budget leaves the 0 in place that the scratch was read with.
  if (current === 0n || engine.setWeightStreamingBudgetV2(0n, 'WSB-AUTO-04')) yield 0n;
}
