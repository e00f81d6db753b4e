import { nameFromBytes } from '../../reference/text/name-bytes.js';
import { WireError } from './wire-error.js';

/**
 * Reads a run of bytes, little endian, front to back. Every read is checked and throws
 * {@link WireError}.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;
  readonly #end: number;

  /** Reads `[start, end)` of `bytes`; offsets in errors are those of `bytes`. */
  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = start;
    this.#end = end;
  }

  /** Offset of the next byte. */
  get at(): number {
    return this.#at;
  }

  /** Bytes left. */
  get left(): number {
    return this.#end - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }

  /** A copy of the next `length` bytes. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.slice(start, start + length);
  }

  /** A u16 length, then that many bytes. */
  bytes16(): Uint8Array {
    return this.bytes(this.u16());
  }

  /** A u16 length, then the bytes of a name. */
  name16(): string {
    const length = this.u16();
    const start = this.#take(length);
    return nameFromBytes(this.#bytes.subarray(start, start + length));
  }

  /** A byte that indexes a list, as the list's item. */
  item8<T>(list: readonly T[], what: string): T {
    const at = this.#at;
    const index = this.u8();
    const item = list[index];
    if (item === undefined) throw new WireError(`${what} ${index} is not defined`, at);
    return item;
  }

  #take(length: number): number {
    const start = this.#at;
    if (length > this.#end - start) {
      throw new WireError(`${length} bytes are needed, but ${this.#end - start} are left`, start);
    }
    this.#at = start + length;
    return start;
  }
}
