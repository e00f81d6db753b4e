import type { ByteRange } from '../source/byte-range.js';
import type { CompileSpec } from '../rules/find-spec.js';
import type { ExtendedHeader } from './extended-header.js';
import type { ProgramBytes } from './program-bytes.js';
import type { ProgramFault, Readable } from './program-fault.js';

/** A program file as read: what of it a host needs to load its methods. */
export interface ProgramFile {
  /** The bytes of the file, of which those of its delegates are ranges. */
  readonly source: ProgramBytes;
  /** The extended header; null in a file without one, which has no segments. */
  readonly header: ExtendedHeader | null;
  /** In the order of the file. */
  readonly methods: readonly MethodFile[];
  /** How many methods have no name, so that nothing can find them. */
  readonly unnamed: number;
  /**
   * What keeps the runtime from looking for a method behind those listed; null when nothing does.
   */
  readonly methodsFault: ProgramFault | null;
}

/**
 * A method of a program file. ExecuTorch looks at a method in this order: `entryFault`, the
 * delegates one by one (initialising each), `exitFault`.
 */
export interface MethodFile {
  readonly name: string;
  /** Bytes of each arena of planned memory that a host provides. */
  readonly plannedBytes: readonly bigint[];
  /** Where each arena has to be. */
  readonly plannedDevices: readonly DeviceTag[];
  /** The first fault found before any delegate is initialised. */
  readonly entryFault: ProgramFault | null;
  readonly delegates: readonly DelegateFile[];
  /** The first fault found after the last delegate was initialised. */
  readonly exitFault: ProgramFault | null;
  /** Indices of the values that a caller gives, and of those that it reads. */
  readonly inputs: Readable<readonly number[]>;
  readonly outputs: Readable<readonly number[]>;
  /** Empty when there is an `entryFault`. */
  readonly values: readonly ValueFile[];
  /** What executing the method does, chain by chain; empty when there is an `exitFault`. */
  readonly chains: readonly (readonly InstructionFile[])[];
}

/** A delegate of a method. ExecuTorch looks at its parts in the order given here. */
export interface DelegateFile {
  readonly backend: Readable<string>;
  readonly placement: 'inline' | 'segment' | null;
  readonly data: Readable<ByteRange>;
  /**
   * Bytes that the backend is told it has; more than `data` has where they reach out of the file.
   */
  readonly dataSize: number;
  readonly compileSpecs: Readable<readonly CompileSpec[]>;
}

/** An instruction. Values are given by their indices; each exists. */
export type InstructionFile =
  | { readonly kind: 'delegate'; readonly index: number; readonly args: readonly number[] }
  /** Calls an operator that the host has a kernel for, by its full name. */
  | { readonly kind: 'kernel'; readonly operator: string; readonly args: readonly number[] }
  /** Goes on at instruction `target` of the chain when the condition does not hold. */
  | { readonly kind: 'jump-false'; readonly condition: number; readonly target: number }
  | { readonly kind: 'move'; readonly from: number; readonly to: number }
  | { readonly kind: 'free'; readonly value: number };

/** A value of a method: `scalar` is a number or a string. */
export type ValueFile =
  | TensorFile
  | { readonly kind: 'none' | 'scalar' | 'list' }
  | { readonly kind: 'bool'; readonly value: boolean };

/** A tensor of a method. */
export interface TensorFile {
  readonly kind: 'tensor';
  /** Its largest shape, if it is dynamic. */
  readonly shape: readonly number[];
  /**
   * What shapes it takes: its own alone, any that is not larger, or, when the file says none of
   * both, any of its rank, without a change.
   */
  readonly dynamism: 'static' | 'bounded' | 'unknown';
  /** ExecuTorch's number of its type. */
  readonly scalarType: number;
  readonly elementBytes: number;
  /** Where the file says that it is. */
  readonly device: DeviceTag;
  /** The arena of planned memory that it lies in, from 0; null for one that was not planned. */
  readonly arena: number | null;
  /** Where its data is: with the caller, in planned memory, or in the file. */
  readonly place: 'caller' | 'planned' | 'constant';
}

/**
 * A device as ExecuTorch names it: type 0 is host memory, 1 a CUDA device, any other one that it
 * does not know.
 */
export interface DeviceTag {
  readonly type: number;
  /** Of the device among those of its type; -1 is the current one. */
  readonly index: number;
}
