import type { EngineKind } from './engine-kind.js';

/** An engine of this machine's TensorRT. */
export interface BuiltEngine {
  readonly kind: EngineKind;
  /** The file of the plan. */
  readonly file: string;
  readonly plan: Uint8Array;
  /** Of the plan, in hexadecimal. */
  readonly sha256: string;
  /** Bytes of weights that it can stream, as TensorRT says. */
  readonly streamable: bigint;
}

/** The engines of a run. Each is made when it is first asked for, and once. */
export interface EngineSet {
  /**
   * All of them, side by side.
   *
   * @throws SubjectError when one cannot be made.
   */
  readonly build: (kinds: readonly EngineKind[]) => Promise<readonly BuiltEngine[]>;
}
