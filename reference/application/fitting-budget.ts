/**
 * Bytes left free beside what is known to be needed. An execution context takes up to about 9 MB more than budget, scratch and
 * activations; with this much left it was made at all of 40 points measured on TensorRT 10.6, with 4 MiB at 26 of them.
 */
export const CONTEXT_MARGIN = 10n * 2n ** 20n;

/** What decides on a budget: free device memory before any budget is set, and what the engine tells of itself; bytes. */
export interface FittingSizes {
  readonly free: bigint;
  readonly streamable: bigint;
  /** What an execution context needs in any case; a negative size is none, as with the others. */
  readonly activations: bigint;
}

/** Whether all weights fit beside the activations (WSB-AUTO-02); the scratch plays no part. */
export function fitsResident({ free, streamable, activations }: FittingSizes): boolean {
  return atLeastZero(free - atLeastZero(activations) - CONTEXT_MARGIN) >= streamable;
}

/**
 * The largest budget below the streamable size that leaves room for the execution context, which needs `scratch` besides; 0 when none
 * does (WSB-AUTO-03).
 */
export function fittingBudget({ free, streamable, activations }: FittingSizes, scratch: bigint): bigint {
  const room = atLeastZero(free - atLeastZero(scratch) - atLeastZero(activations) - CONTEXT_MARGIN);
  return room < streamable ? room : streamable - 1n;
}

/**
 * What has to be free for an execution context, with the margin. `budget`: weights that come to device memory with it; `activations`:
 * what `getDeviceMemorySizeV2` says, with the scratch in it.
 */
export function contextBytes(budget: bigint, activations: bigint): bigint {
  return atLeastZero(budget) + atLeastZero(activations) + CONTEXT_MARGIN;
}

function atLeastZero(bytes: bigint): bigint {
  return bytes > 0n ? bytes : 0n;
}
