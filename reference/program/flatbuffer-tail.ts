/** Bytes of a new flatbuffer at most: offsets in one are 31 bits. */
const MOST_BYTES = 2 ** 31 - 1;
/** What tables, vectors and strings begin at a multiple of. */
const ALIGNMENT = 4;

/** A flatbuffer that would be larger than one can be. */
export class FlatbufferFullError extends Error {
  override readonly name = 'FlatbufferFullError';
}

/**
 * A copy of a flatbuffer that grows at its end. What was there stays where it is, so that all that
 * leads to it, known or not, still does.
 */
export class FlatbufferTail {
  #bytes: Uint8Array;
  #view: DataView;
  #size: number;

  constructor(flatbuffer: Uint8Array) {
    this.#bytes = flatbuffer.slice();
    this.#view = new DataView(this.#bytes.buffer);
    this.#size = flatbuffer.length;
  }

  /** The flatbuffer as it is now; not a copy. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  /**
   * Room for `size` bytes of zeros, at a multiple of 4 behind all else.
   *
   * @throws FlatbufferFullError when a flatbuffer cannot have so many
   */
  reserve(size: number): number {
    const at = Math.ceil(this.#size / ALIGNMENT) * ALIGNMENT;
    const end = at + size;
    if (end > MOST_BYTES) throw new FlatbufferFullError();
    if (end > this.#bytes.length) this.#grow(end);
    this.#size = end;
    return at;
  }

  putUint16(at: number, value: number): void {
    this.#view.setUint16(at, value, true);
  }

  putUint32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  putUint64(at: number, value: bigint): void {
    this.#view.setBigUint64(at, value, true);
  }

  /** Lets the offset at `at` lead to what is at `target`, behind it. */
  refer(at: number, target: number): void {
    this.putUint32(at, target - at);
  }

  /** Adds a vector of bytes, or with `end` the NUL of a string behind it; gives its place. */
  addBytes(bytes: Uint8Array, end: 'none' | 'nul' = 'none'): number {
    const at = this.reserve(4 + bytes.length + (end === 'nul' ? 1 : 0));
    this.putUint32(at, bytes.length);
    this.#bytes.set(bytes, at + 4);
    return at;
  }

  #grow(needed: number): void {
    const bytes = new Uint8Array(Math.min(Math.max(needed, this.#size + this.#size / 8 + 4096), MOST_BYTES));
    bytes.set(this.bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
