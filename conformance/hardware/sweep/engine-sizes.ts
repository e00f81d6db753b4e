/** What TensorRT tells of an engine, in bytes. */
export interface EngineSizes {
  readonly streamable: bigint;
  /** While weights are streamed. */
  readonly scratch: bigint;
  /** While none are. */
  readonly activations: bigint;
}
