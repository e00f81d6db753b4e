import type { Paging } from './paging.js';

/**
 * A scripted plan (spec/scripted-plan.md): what the simulated TensorRT answers for one engine. All
 * sizes are bytes.
 */
export interface Plan {
  /**
   * `scripted`: every answer is dictated. `modelled`: the engine obeys the rules measured on a
   * device.
   */
  readonly kind: 'scripted' | 'modelled';
  /** Whether `deserializeCudaEngine` gives an engine. */
  readonly deserializes: boolean;
  /** Whether `createExecutionContext` gives a context. */
  readonly createsContext: boolean;
  /** The answer of `enqueueV3`. */
  readonly enqueues: boolean;
  /**
   * Whether the engine updates what its outputs alias, and `enqueueV3` is false where an update of
   * the run before is not there any more; absent: it computes nothing.
   */
  readonly updatesInPlace?: true;
  /** The answers of the first calls of `setWeightStreamingBudgetV2`; at most 32. */
  readonly setAnswers: readonly boolean[];
  /** The answer of every further call. */
  readonly setDefault: boolean;
  readonly streamable: bigint;
  readonly automatic: bigint;
  readonly scratch: bigint;
  readonly activations: bigint;
  /** How a modelled engine takes device memory; absent where every byte counts. */
  readonly paging?: Paging;
  /** At most 64. */
  readonly bindings: readonly PlanBinding[];
}

/** An input or output tensor of an engine. */
export interface PlanBinding {
  /** 1 to 1024 bytes of UTF-8. */
  readonly name: string;
  readonly mode: 'input' | 'output';
  /** TensorRT's `DataType`. */
  readonly dtype: number;
  /** At most 8 dimensions; −1 for a dynamic one. */
  readonly shape: readonly bigint[];
  /** Whether the tensor takes part in shape inference; a delegate refuses such an input. */
  readonly shapeInference: boolean;
  /** Bounds of the shape, each of the rank of `shape`; null when the engine has none. */
  readonly profile: { readonly min: readonly bigint[]; readonly max: readonly bigint[] } | null;
  /** The input that an output aliases. */
  readonly aliases: string | null;
}

/**
 * A plan that loads: 1024 streamable bytes, an automatic budget of 512, no bindings, but for what
 * is given.
 */
export function scriptedPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    kind: 'scripted',
    deserializes: true,
    createsContext: true,
    enqueues: true,
    setAnswers: [],
    setDefault: true,
    streamable: 1024n,
    automatic: 512n,
    scratch: 64n,
    activations: 16n,
    bindings: [],
    ...overrides,
  };
}
