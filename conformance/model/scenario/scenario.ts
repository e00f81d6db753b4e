import type { BlobMetadata, MethodPlan, PlanBinding } from '../../../reference/index.js';
import type { Fault, HostMemory, Sharing, Threads } from '../../../reference/request/load-request.js';
import type { NamedBytes, Text } from '../text.js';

/**
 * One engine and its delegate. Sizes are bytes. What is left out is: built for streaming,
 * streamable 1024, automatic budget 512, every call succeeds, no compile spec.
 */
export interface EngineScenario {
  /** Value of the budget's compile spec; several values: the key that many times. */
  readonly spec?: Text | readonly Text[];
  /** All compile specs in order, where foreign keys matter; instead of `spec`. */
  readonly specs?: readonly (readonly [key: string, value: Text])[];
  readonly streamable?: bigint;
  readonly automatic?: bigint;
  readonly scratch?: bigint;
  readonly activations?: bigint;
  /** How many of the first budget calls are refused; `all`: each one. */
  readonly refuses?: number | 'all';
  /** Of each budget call whether it is accepted, the later ones are; instead of `refuses`. */
  readonly answers?: readonly boolean[];
  /** `null`: deserializing the plan gives no engine. */
  readonly deserialize?: null;
  /** `null`: the engine gives no execution context. */
  readonly context?: null;
  /** False: running the engine fails. */
  readonly enqueue?: false;
  /** Updates what its outputs alias, and runs only where its last update still is. */
  readonly updatesInPlace?: true;
  /** Obeys the measured memory rules instead of a script. */
  readonly modelled?: true;
  readonly bindings?: readonly PlanBinding[];
  /** Delegate data inline in the flatbuffer instead of in a segment. */
  readonly inline?: true;
  /** A way to damage or dress up the blob around the engine. */
  readonly blob?: BlobChange;
  /** The backend that the delegate names. */
  readonly backend?: string;
}

/** A named change of a blob: metadata, magic, or bytes. */
export interface BlobChange {
  readonly label: string;
  readonly metadata?: Partial<BlobMetadata>;
  readonly magic?: 'TR01' | 'TR02';
  /** Applied to the finished blob. */
  readonly edit?: (blob: Uint8Array) => Uint8Array;
}

/** A named change of the finished program file. */
export interface ProgramChange {
  readonly label: string;
  readonly edit: (program: Uint8Array) => Uint8Array;
}

/** A named plan of where the tensors of a method lie. */
export interface PlanScenario {
  readonly label: string;
  /** For a method with that many delegates. */
  readonly plan: (delegates: number) => MethodPlan;
}

/**
 * The value of an option: text is passed as a C string, a number as a 32-bit int, an array as a raw
 * char[256].
 */
export type OptionScenario = Text | number | boolean | { readonly array: NamedBytes };

/** One `set_options` call: the options of one backend, in order. */
export interface EntryScenario {
  readonly backend: string;
  readonly via: 'builder' | 'span';
  readonly options: readonly (readonly [key: string, value: OptionScenario])[];
}

/** One step. */
export type StepScenario = MethodStepScenario | SetOptionScenario | GetOptionScenario;

/** Sets options of a backend, for the process. */
export interface SetOptionScenario {
  readonly op: 'set-option';
  readonly entry: EntryScenario;
}

/** Asks a backend for an option. */
export interface GetOptionScenario {
  readonly op: 'get-option';
  readonly backend: string;
  readonly key: string;
}

/** A step with a method; a load without `options` or `option` passes a null map. */
export interface MethodStepScenario {
  readonly op: 'load' | 'execute' | 'unload';
  readonly method: string;
  /** The budget as the only option of the only backend. */
  readonly option?: OptionScenario;
  readonly options?: readonly EntryScenario[];
}

/**
 * A program and what is done with it, with everything that a case does not care about left out. The
 * id of a case is the list of what is there, in this order of keys.
 */
export interface Scenario extends EngineScenario {
  /** The budget as load-time option of the TensorRT backend. */
  readonly option?: OptionScenario;
  /** The whole options map; instead of `option`. */
  readonly options?: readonly EntryScenario[];
  /** Several engines in the one method; what an engine leaves out it takes from the scenario. */
  readonly engines?: readonly EngineScenario[];
  /** Several methods by name; instead of `engines`. */
  readonly methods?: Readonly<Record<string, readonly EngineScenario[]>>;
  /** Loads through a `Module` with these options; null: with none. */
  readonly module?: readonly EntryScenario[] | null;
  /**
   * All loads share one allocator and stay: those of one program, or each of a copy of its own.
   */
  readonly sharing?: Sharing;
  /** So many threads do it at once. */
  readonly threads?: Threads;
  /** What is done, in order; left out: every method is loaded once with the options. */
  readonly steps?: readonly StepScenario[];
  readonly verification?: 'minimal';
  /** Bytes of device memory that are free, on a device of 2^40 bytes. */
  readonly free?: bigint;
  /** The memory of the host, and whether the device shares it. */
  readonly host?: HostMemory;
  /** A call that fails, such as `createInferRuntime` the second time. */
  readonly fault?: Fault;
  readonly file?: ProgramChange;
  /** Where the tensors of each method lie, and what is called with them. */
  readonly planned?: PlanScenario;
}
