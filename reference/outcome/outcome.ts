import type { FailureName } from './error-code.js';

/**
 * Where the budget of an engine came from: the load-time option, the compile spec baked into the
 * program, TensorRT's own choice, or `set_option`, before the load or after it.
 */
export type BudgetSource = 'option' | 'compile-spec' | 'automatic' | 'set-option';

/**
 * A call to TensorRT that the contract speaks of, in the order made. Reads that change nothing
 * (`getStreamableWeightsSize`, `getWeightStreamingBudgetV2`, scratch, bindings) are free to any
 * delegate and are not part of an outcome. All sizes are bytes.
 */
export type EngineCall =
  | { readonly call: 'deserializeCudaEngine'; readonly ok: boolean }
  | { readonly call: 'getWeightStreamingAutomaticBudget'; readonly budget: bigint }
  | { readonly call: 'setWeightStreamingBudgetV2'; readonly budget: bigint; readonly ok: boolean }
  | { readonly call: 'createExecutionContext'; readonly ok: boolean }
  | { readonly call: 'enqueueV3'; readonly ok: boolean };

/** What happened to one engine; one for each attempt to deserialize, in that order. */
export interface EngineOutcome {
  /** Index of the step (see `LoadRequest.steps`) during which the engine was deserialized. */
  readonly step: number;
  /** Source of the budget; null when none was applied or the subject cannot tell. */
  readonly source: BudgetSource | null;
  /** Bytes of the last budget that TensorRT accepted; null when none was set. */
  readonly applied: bigint | null;
  readonly calls: readonly EngineCall[];
}

/**
 * Where in a step an error arose: building the options, loading the method, executing it, or
 * setting or asking for an option of the backend.
 */
export type StepPhase = 'options' | 'load' | 'execute' | 'set-option' | 'get-option';

/** The value that `get_option` gave; a string less its first NUL and what stands behind it. */
export type GivenValue =
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'string'; readonly bytes: Uint8Array };

/** The outcome of one step of a request; `value` is there for a `get-option` that is ok. */
export type StepOutcome =
  | { readonly kind: 'ok'; readonly warned: boolean; readonly value?: GivenValue }
  | {
      readonly kind: 'rejected';
      readonly phase: StepPhase;
      readonly error: FailureName;
      readonly warned: boolean;
    };

/**
 * Objects that still live after the program and all its methods are gone. All zero in a conforming
 * run.
 */
export interface Leaks {
  readonly runtimes: number;
  readonly engines: number;
  readonly contexts: number;
  readonly events: number;
  readonly allocations: number;
}

/** No object alive. */
export const NO_LEAKS: Leaks = { runtimes: 0, engines: 0, contexts: 0, events: 0, allocations: 0 };

/**
 * Calls that no conforming delegate makes; the simulated TensorRT notes them.
 * - `unknown-slot`: a virtual method that the simulator does not know for this TensorRT version.
 * - `use-after-destroy`: a call on an object that was destroyed.
 * - `set-with-context`: a budget was set while an execution context was alive.
 * - `destroy-engine-with-context`: an engine was destroyed before its context.
 * - `destroy-runtime-with-engine`: a runtime was destroyed before its engine.
 * - `plan-out-of-bounds`: deserialize was handed memory beyond the program.
 * - `misaligned-plan`: deserialize was handed an address that is not a multiple of 16.
 * - `null-argument`: a null pointer where TensorRT needs one.
 * - `device-left-changed`: a step left another CUDA device current than it found.
 * - `wrong-memory`: a copy, a free or an execution was given host memory as device memory or the
 *   reverse, or device memory that was freed.
 * - `threads-differ`: on several threads at once a request ended otherwise than alone.
 */
export const VIOLATIONS = [
  'unknown-slot',
  'use-after-destroy',
  'set-with-context',
  'destroy-engine-with-context',
  'destroy-runtime-with-engine',
  'plan-out-of-bounds',
  'misaligned-plan',
  'null-argument',
  'device-left-changed',
  'wrong-memory',
  'threads-differ',
] as const;

/** One of {@link VIOLATIONS}. */
export type Violation = (typeof VIOLATIONS)[number];

/**
 * All that can be observed of a delegate over one request: data, comparable field by field.
 *
 * `program` tells how loading the program file itself ended; when it was rejected there are no
 * steps. `warned` of a step is true when an Error-level log record naming `weight_streaming_budget`
 * was written during it.
 */
export interface Outcome {
  readonly program: { readonly kind: 'ok' } | { readonly kind: 'rejected'; readonly error: FailureName };
  readonly steps: readonly StepOutcome[];
  readonly engines: readonly EngineOutcome[];
  readonly leaks: Leaks;
  readonly violations: readonly Violation[];
}
