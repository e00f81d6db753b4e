import type { CompileSpec } from '../rules/find-spec.js';
import type { ExtendedHeader } from './extended-header.js';
import type { ProgramFault, Readable } from './program-fault.js';

/** A program file as read: what of it a host needs to load its methods. */
export interface ProgramFile {
  /** The extended header; null in a file without one, which has no segments. */
  readonly header: ExtendedHeader | null;
  /** In the order of the file. */
  readonly methods: readonly MethodFile[];
  /** What keeps the runtime from looking for a method behind those listed; null when nothing does. */
  readonly methodsFault: ProgramFault | null;
}

/**
 * A method of a program file. ExecuTorch looks at a method in this order: `entryFault`, the delegates one by one
 * (initialising each), `exitFault`.
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
  /** What a caller gives. */
  readonly inputs: readonly ArgumentFile[];
  /** What a caller reads. */
  readonly outputs: readonly ArgumentFile[];
  /** What executing the method does; empty when there is an `exitFault`. */
  readonly instructions: readonly InstructionFile[];
}

/** A delegate of a method. ExecuTorch looks at its parts in the order given here. */
export interface DelegateFile {
  readonly backend: Readable<string>;
  readonly placement: 'inline' | 'segment' | null;
  readonly data: Readable<Uint8Array>;
  readonly compileSpecs: Readable<readonly CompileSpec[]>;
}

/** An instruction: a call of a delegate, a call of an operator by its full name, or anything else. */
export type InstructionFile =
  | { readonly kind: 'delegate'; readonly index: number; readonly args: readonly ArgumentFile[] }
  | { readonly kind: 'kernel'; readonly operator: string; readonly args: readonly ArgumentFile[] }
  | { readonly kind: 'other' };

/** An argument of a delegate call: a tensor, or a value of another type. */
export type ArgumentFile = TensorFile | { readonly kind: 'other' };

/** A tensor of a method. */
export interface TensorFile {
  readonly kind: 'tensor';
  /** Its largest shape, if it is dynamic. */
  readonly shape: readonly number[];
  readonly dynamic: boolean;
  readonly elementBytes: number;
  /** The device that the program says the tensor is on. */
  readonly device: DeviceTag;
  readonly memory: TensorMemory;
}

/** Where the program puts a tensor: into an arena (from 0), among the constants, or nowhere, so that a caller has to. */
export type TensorMemory =
  | { readonly kind: 'planned'; readonly arena: number }
  | { readonly kind: 'constant' }
  | { readonly kind: 'none' };

/** A device as ExecuTorch names it: type 0 is host memory, 1 a CUDA device, any other one that it does not know. */
export interface DeviceTag {
  readonly type: number;
  /** Of the device among those of its type; -1 is the current one. */
  readonly index: number;
}
