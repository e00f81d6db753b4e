/**
 * The tensors of a generated engine, and what the metadata of its blob says of them and of the
 * engine.
 */
export interface GeneratedIo {
  /** With unlike names. */
  readonly tensors: readonly GeneratedTensor[];
  /** The entries of `io_bindings`; null: one for each tensor, as it is. */
  readonly bindings: readonly GeneratedBinding[] | null;
  /** Of the engine, those of an output that come first count. */
  readonly aliases: readonly GeneratedAlias[];
  /** `device_id`, also one that is not a device. */
  readonly device: number;
  readonly compatible: boolean;
  readonly serialized: string;
  readonly platform: string;
  /**
   * Elements of each dynamic dimension of the tensors that the delegate is called with, which are
   * otherwise as the engine has them; null: it is called with none.
   */
  readonly rows: number | null;
}

/** An input or output tensor of an engine. */
export interface GeneratedTensor {
  readonly name: string;
  readonly mode: 'input' | 'output';
  /** TensorRT's `DataType`. */
  readonly dtype: number;
  readonly shape: readonly bigint[];
  readonly shapeInference: boolean;
  /** Whether the engine has a profile for it: from 1 to 8 where it is dynamic. */
  readonly bounded: boolean;
}

/** An entry of `io_bindings`. */
export interface GeneratedBinding {
  /** The place of its tensor among all. */
  readonly tensor: TensorPlace;
  /** Whether it takes an input for an output and the other way round. */
  readonly flipped: boolean;
  readonly dtype: string;
  readonly shape: readonly number[];
}

/**
 * An output that shares the memory of an input, as the engine says, an entry of `aliased_io`, or
 * both of them.
 */
export interface GeneratedAlias {
  readonly told: (typeof ALIAS_TELLERS)[number];
  /** The place of the output among the outputs, behind which the inputs are counted. */
  readonly output: TensorPlace;
  /** The place of the input among the inputs, behind which the outputs are counted. */
  readonly input: TensorPlace;
  readonly kind: string;
}

/** Who tells of an alias. */
export const ALIAS_TELLERS = ['both', 'engine', 'metadata'] as const;

/**
 * The place of a tensor in a list, from 0; one behind its end stands for a tensor that the engine
 * does not have.
 */
export type TensorPlace = number;

/** Shapes of tensors; whoever draws one takes it from here, so that it can be shrunk. */
export const SHAPES: readonly (readonly bigint[])[] = [
  ...[[1n, 4n], [4n], [], [-1n, 4n], [0n], [2n, 2n]],
  ...[[0n, 4n], [1n], [2n, 2n, 2n], [1n, 1n, 1n, 2n], [1n, 1n, 1n, 1n, 1n, 1n, 1n, 4n], [-1n, -1n]],
];
