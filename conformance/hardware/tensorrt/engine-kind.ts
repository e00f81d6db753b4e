import type { ByteSource, PlanBinding } from '../../../reference/index.js';

/** A chain of matrix products: `dim` x `dim` float16 weights each, on `batch` rows. */
export interface EngineKind {
  /** Of letters, digits and dashes: a file is named for it. */
  readonly name: string;
  readonly layers: number;
  readonly dim: number;
  readonly batch: number;
  /** Whether it is built for weight streaming; if not, its streamable size is 0. */
  readonly streaming: boolean;
}

/** TensorRT's DataType::kHALF. */
const FLOAT16 = 1;

/** Named as the recordings name engines; a last r for one that streams nothing. */
const kind = (layers: number, dim: number, streaming = true): EngineKind => ({
  name: `l${layers}d${dim}b1${streaming ? '' : 'r'}`,
  layers,
  dim,
  batch: 1,
  streaming,
});

/** Streams nothing. */
export const RESIDENT = kind(2, 64, false);

/** Stand for scripted engines, the smallest first: 512, 1,024 and 16,384 bytes of weights. */
export const STREAMING = [kind(1, 16), kind(2, 16), kind(2, 64)] as const;

/** 8 MiB of weights: large enough to be seen in the free device memory, and quick to build. */
export const MIDDLE = kind(4, 1024);

/** 256 MiB of weights, for tight memory: much more than TensorRT takes besides. */
export const LARGE = kind(8, 4096);

/** Bytes of the weights as they are stored in the network. */
export function weightBytes({ layers, dim }: EngineKind): bigint {
  return BigInt(layers) * BigInt(dim) ** 2n * 2n;
}

/** The tensors of an engine of that kind. */
export function bindingsOf({ dim, batch }: Pick<EngineKind, 'dim' | 'batch'>): readonly PlanBinding[] {
  const tensor = (name: string, mode: PlanBinding['mode']): PlanBinding => ({
    name,
    mode,
    dtype: FLOAT16,
    shape: [BigInt(batch), BigInt(dim)],
    shapeInference: false,
    profile: null,
    aliases: null,
  });
  return [tensor('input_0', 'input'), tensor('output_0', 'output')];
}

/** An engine of this machine's TensorRT. */
export interface BuiltEngine {
  readonly kind: EngineKind;
  /** The file of the plan. */
  readonly file: string;
  readonly plan: ByteSource;
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
