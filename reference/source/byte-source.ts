/** Bytes that are read where they are needed: those of memory, or of a file of any size. */
export interface ByteSource {
  /** How many there are; a safe integer. */
  readonly size: number;
  /**
   * The bytes `[at, at + size)`, all of which exist. Those of memory are not copied.
   *
   * @throws an error of the source when they cannot be read.
   */
  read(at: number, size: number): Uint8Array;
}

/** Bytes of memory. */
export class MemorySource implements ByteSource {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  read(at: number, size: number): Uint8Array {
    return this.#bytes.subarray(at, at + size);
  }
}
