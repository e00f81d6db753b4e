import type { CompileSpec } from '../rules/find-spec.js';

/** What is to be written as a program file. */
export interface ProgramSpec {
  /** Written in alphabetical order of their names, as ExecuTorch's exporter does. */
  readonly methods: readonly MethodSpec[];
}

/** A method that does nothing but call its delegates, one after another. */
export interface MethodSpec {
  readonly name: string;
  readonly delegates: readonly DelegateSpec[];
}

/** A delegate: the backend that runs it and the bytes that the backend is given. */
export interface DelegateSpec {
  readonly backend: string;
  /**
   * Whether the bytes stand in the flatbuffer or in a segment behind it; delegates with equal bytes
   * share one place.
   */
  readonly placement: 'inline' | 'segment';
  readonly data: Uint8Array;
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
