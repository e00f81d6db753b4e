import type { ByteSource } from '../source/byte-source.js';
import type { CompileSpec } from '../rules/find-spec.js';
import type { DeviceTag } from './program-file.js';

/** What is to be written as a program file. */
export interface ProgramSpec {
  /** Written in alphabetical order of their names, as ExecuTorch's exporter does. */
  readonly methods: readonly MethodSpec[];
}

/** A method: it does nothing but call its delegates, one after another, unless it has a plan. */
export interface MethodSpec {
  readonly name: string;
  readonly delegates: readonly DelegateSpec[];
  readonly plan?: MethodPlan;
}

/**
 * Where the tensors of a method lie and what is called with them, as an exporter plans it. Indices
 * are from 0, sizes bytes.
 */
export interface MethodPlan {
  readonly arenas: readonly { readonly bytes: bigint; readonly device: DeviceTag }[];
  /** Tensors of static shape. */
  readonly tensors: readonly PlannedTensor[];
  /** Tensors that a caller gives. */
  readonly inputs: readonly number[];
  /** Tensors that a caller reads. */
  readonly outputs: readonly number[];
  /**
   * In their order: of a delegate by its index, or of an operator by its full name. `args` are
   * tensors; −1 stands for none.
   */
  readonly calls: readonly PlannedCall[];
}

/** A tensor at a place of an arena, and the device that it is said to be on. */
export interface PlannedTensor {
  readonly shape: readonly number[];
  readonly arena: number;
  readonly offset: number;
  readonly device: DeviceTag;
  /** ExecuTorch's number of the type of its elements; float16 unless given. */
  readonly scalarType?: number;
}

/** A call of a delegate or an operator with tensors. */
export type PlannedCall =
  | { readonly delegate: number; readonly args: readonly number[] }
  | { readonly operator: string; readonly args: readonly number[] };

/** A delegate: the backend that runs it and the bytes that the backend is given. */
export interface DelegateSpec {
  readonly backend: string;
  /**
   * Whether the bytes stand in the flatbuffer or in a segment behind it; delegates with equal
   * bytes, or with the same source, share one place.
   */
  readonly placement: 'inline' | 'segment';
  readonly data: Uint8Array | ByteSource;
  readonly compileSpecs: readonly CompileSpec[];
  /**
   * What the delegate is called with: first its inputs, then its outputs. Without any it cannot be
   * executed on a real engine.
   */
  readonly tensors?: readonly TensorSpec[];
}

/**
 * A float16 tensor of a method that the caller gives (an input) or reads (an output); it has memory
 * of its own.
 */
export interface TensorSpec {
  readonly role: 'input' | 'output';
  readonly shape: readonly number[];
}
