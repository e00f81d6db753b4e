/**
 * The metadata of an engine blob: JSON with these keys, in this order. Other keys are ignored
 * (WSB-BLOB-07).
 */
export interface BlobMetadata {
  /**
   * The engine's inputs and outputs in the order of the delegate's arguments; when empty, they are
   * inferred from the engine.
   */
  readonly io_bindings: readonly BlobBinding[];
  readonly aliased_io: readonly BlobAlias[];
  readonly hardware_compatible: boolean;
  /** The CUDA device of the engine: 0 to 2^31 − 1. */
  readonly device_id: number;
  readonly serialized_metadata: string;
  readonly target_platform: string;
}

/** An input or output of the engine. */
export interface BlobBinding {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly is_input: boolean;
}

/**
 * An output that shares the memory of an input. `kind` is `kv_cache_update` or `user`; a delegate
 * refuses any other.
 */
export interface BlobAlias {
  readonly output: string;
  readonly input: string;
  readonly kind: string;
}
