const MIB = 2n ** 20n;

/**
 * Bytes left free beside budget, scratch and activations. An execution context takes some granules
 * of 2 MiB more than their sum (spec/decisions.md, a budget that fits).
 */
export const CONTEXT_MARGIN = 10n * MIB;

/**
 * Bytes left free beside weights that all stay resident, and the activations: nothing is copied,
 * and less is rounded up.
 */
export const RESIDENT_MARGIN = 5n * MIB;

/** Bytes by which a budget is lowered first when no execution context can be made with it. */
export const FIRST_STEP_DOWN = 4n * MIB;

/**
 * What decides on a budget: free device memory before any budget is set, and what the engine tells
 * of itself; bytes.
 */
export interface FittingSizes {
  readonly free: bigint;
  readonly streamable: bigint;
  /** What an execution context needs in any case; a negative size is none, as with the others. */
  readonly activations: bigint;
}

/** Whether all weights fit beside the activations (WSB-AUTO-02); the scratch plays no part. */
export function fitsResident({ free, streamable, activations }: FittingSizes): boolean {
  return atLeastZero(free - atLeastZero(activations) - RESIDENT_MARGIN) >= streamable;
}

/**
 * The largest budget below the streamable size that leaves room for the execution context, which
 * needs `scratch` besides; 0 when none does (WSB-AUTO-03).
 */
export function fittingBudget({ free, streamable, activations }: FittingSizes, scratch: bigint): bigint {
  const room = atLeastZero(free - atLeastZero(scratch) - atLeastZero(activations) - CONTEXT_MARGIN);
  return room < streamable ? room : streamable - 1n;
}

/**
 * `largest` and the budgets above 0 to go on with while no execution context can be made: each step
 * down is twice the one before (WSB-AUTO-04).
 */
export function* stepsDown(largest: bigint): Generator<bigint, void> {
  let step = FIRST_STEP_DOWN;
  for (let budget = largest; budget > 0n; budget -= step, step *= 2n) yield budget;
}

/**
 * What has to be free for an execution context that streams weights, with the margin. `budget`:
 * weights that come to device memory with it; `activations`: what `getDeviceMemorySizeV2` says,
 * with the scratch in it.
 */
export function streamedContextBytes(budget: bigint, activations: bigint): bigint {
  return atLeastZero(budget) + atLeastZero(activations) + CONTEXT_MARGIN;
}

/**
 * The same where nothing is streamed. `weights`: those that are to come to device memory with or
 * before it.
 */
export function residentContextBytes(weights: bigint, activations: bigint): bigint {
  return atLeastZero(weights) + atLeastZero(activations) + RESIDENT_MARGIN;
}

function atLeastZero(bytes: bigint): bigint {
  return bytes > 0n ? bytes : 0n;
}
