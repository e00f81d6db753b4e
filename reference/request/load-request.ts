import type { ByteSource } from '../source/byte-source.js';

/**
 * What a subject is given: a program, and what to do with it. Nothing in it tells the expected
 * outcome.
 */
export interface LoadRequest<Program extends GivenProgram = Uint8Array> {
  /** The bytes of the .pte file, unless it is one that a host loads itself. */
  readonly program: Program;
  /** How much ExecuTorch verifies when it loads the program. */
  readonly verification: 'minimal' | 'internal-consistency';
  /** The simulated device. */
  readonly device: Device;
  /**
   * Null: methods are loaded through `Program::load_method`. Otherwise the program is loaded
   * through `Module::load` with these options, which persist over its later loads.
   */
  readonly module: { readonly options: OptionsMap | null } | null;
  /**
   * Given, and without a module: all loads share one `MemoryAllocator`, and none destroys the one
   * before of the same method. `copies`: each loads from a copy of the program of its own.
   */
  readonly sharing?: Sharing;
  /**
   * Given, without a module and without `sharing`: so many threads do it at once, each with a
   * device of its own.
   */
  readonly threads?: Threads;
  /** What is done, in order; at most 255 steps. */
  readonly steps: readonly Step[];
}

/** Threads that take turns at the calls of TensorRT and CUDA. */
export interface Threads {
  /** 2 to 8. */
  readonly count: number;
  /** What decides whose turn is next: the same gives the same order. 0 to 2^32-1. */
  readonly seed: number;
}

/** What the loads of a request share beside their allocator. */
export type Sharing = 'program' | 'copies';

/** A program as bytes, or in a file. */
export type GivenProgram = Uint8Array | ProgramOnDisk;

/** A program that a host loads from its file, of any size. */
export interface ProgramOnDisk extends ByteSource {
  /** An absolute path. */
  readonly path: string;
}

/** A request with a program of either kind. */
export type AnyLoadRequest = LoadRequest<GivenProgram>;

/** The simulated device: its memory in bytes, and calls that it lets fail. */
export interface Device {
  readonly totalBytes: bigint;
  readonly freeBytes: bigint;
  readonly faults: readonly Fault[];
  /** Left out: nothing is known of the memory of the host, which the device does not share. */
  readonly hostMemory?: HostMemory;
}

/** Whose memory the device has, in the order of spec/wire-format.md, from 1. */
export const HOST_MEMORY_KINDS = ['separate', 'shared', 'shared-untold'] as const;

/**
 * The memory of the host. `separate`: the device has memory of its own. `shared`: it is integrated,
 * and all that is available can be taken. `shared-untold`: the same, but the system does not tell.
 */
export interface HostMemory {
  readonly kind: (typeof HOST_MEMORY_KINDS)[number];
  /** What is available; where it is shared, with what is free, and never less than that. */
  readonly availableBytes: bigint;
}

/** The calls that a fault can make fail. */
export const FAULT_CALLS = [
  'createInferRuntime',
  'cudaSetDevice',
  'cudaEventCreateWithFlags',
  'cudaDeviceGetAttribute',
  'cudaMalloc',
  'cudaMemcpy',
  'deserializeCudaEngine',
  'setWeightStreamingBudgetV2',
  'createExecutionContext',
  'enqueueV3',
  'cudaMemcpyAsync',
  'cudaEventRecord',
  'cudaEventSynchronize',
] as const;

/** Those that delegates make and that generated cases make fail. */
export const DRAWN_CALLS = FAULT_CALLS.slice(0, 5);

/** Makes the nth call (from 1, counted over the whole request) of that name fail. */
export interface Fault {
  readonly call: (typeof FAULT_CALLS)[number];
  readonly occurrence: number;
}

/**
 * One step.
 * - `load`: `Program::load_method(method, …, &options)`; null options pass a null map. With a
 *   module: `Module::load_method(method, …, &options)`.
 * - `execute`: runs a loaded method once on zeroed inputs.
 * - `unload`: destroys a loaded method.
 * - `set-option`: `executorch::runtime::set_option(backend, options)`, for the whole process.
 * - `get-option`: `executorch::runtime::get_option(backend, options)` with one option, whose value
 *   is a `char[256]` of NULs before.
 */
export type Step =
  | { readonly op: 'load'; readonly method: string; readonly options: OptionsMap | null }
  | { readonly op: 'execute'; readonly method: string }
  | { readonly op: 'unload'; readonly method: string }
  | { readonly op: 'set-option'; readonly options: OptionsEntry }
  | { readonly op: 'get-option'; readonly backend: string; readonly key: string };

/** Whether a step sets or asks for an option of the process, and so needs `set_option`. */
export function isOptionStep(step: Step): step is Extract<Step, { op: 'set-option' | 'get-option' }> {
  return step.op === 'set-option' || step.op === 'get-option';
}

/** A `LoadBackendOptionsMap`, as the list of `set_options` calls that fill it, in order. */
export type OptionsMap = readonly OptionsEntry[];

/**
 * One `LoadBackendOptionsMap::set_options(backend, options)`, or the backend and the options of one
 * `set_option`.
 *
 * `via` says how the options came to be: `builder` sets them one by one on a `BackendOptions<8>`
 * (which replaces equal keys, cuts strings and has a capacity); `span` lays them out as a raw array
 * of `BackendOption`, duplicates and unterminated values included.
 */
export interface OptionsEntry {
  readonly backend: string;
  readonly via: 'builder' | 'span';
  readonly options: readonly BackendOption[];
}

/** One option. A key has 0 to 63 bytes; `int` is a 32-bit integer. */
export interface BackendOption {
  readonly key: string;
  readonly value: OptionValue;
}

/**
 * The value of an option. `string` is what a caller passes as a C string: it ends at its first NUL
 * and is cut to 255 bytes. `array` is a raw `char[256]`: up to 256 bytes, filled up with NUL, with
 * no terminator when all 256 are used (only with `via: 'span'`).
 */
export type OptionValue =
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'string'; readonly bytes: Uint8Array }
  | { readonly type: 'array'; readonly bytes: Uint8Array };
