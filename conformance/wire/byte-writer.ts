import { bytesFromName } from '../../reference/text/name-bytes.js';
import { WireError } from './wire-error.js';

const INITIAL_BYTES = 64 * 1024;

/**
 * A growing run of bytes, little endian, written front to back. One writer serves a whole batch and
 * is used again for the next one, so that writing a record allocates nothing.
 */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  /** `capacity` is how many bytes fit before the memory has to grow. */
  constructor(capacity = INITIAL_BYTES) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** Forgets what was written and keeps the memory. */
  clear(): void {
    this.#length = 0;
  }

  /** The bytes written, in the writer's own memory: valid until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A copy of the bytes written. */
  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  u16(value: number): void {
    this.#reserve(2);
    this.#view.setUint16(this.#length, value, true);
    this.#length += 2;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  i32(value: number): void {
    this.#reserve(4);
    this.#view.setInt32(this.#length, value, true);
    this.#length += 4;
  }

  u64(value: bigint): void {
    this.#reserve(8);
    this.#view.setBigUint64(this.#length, value, true);
    this.#length += 8;
  }

  i64(value: bigint): void {
    this.#reserve(8);
    this.#view.setBigInt64(this.#length, value, true);
    this.#length += 8;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** A u16 length, then the bytes. Throws {@link WireError} above 65,535 bytes. */
  bytes16(value: Uint8Array): void {
    this.u16(this.#fits(value.length, 0xffff, 'byte string'));
    this.bytes(value);
  }

  /** A u16 length, then the bytes of a name. Throws {@link WireError} above 65,535 bytes. */
  name16(value: string): void {
    const length = value.length;
    this.#reserve(2 + length);
    for (let i = 0; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0x7f) {
        this.bytes16(bytesFromName(value));
        return;
      }
      this.#bytes[this.#length + 2 + i] = unit;
    }
    this.u16(this.#fits(length, 0xffff, 'text'));
    this.#length += length;
  }

  /** A count in one byte. Throws {@link WireError} above `most`. */
  count8(value: number, what: string, most = 0xff): void {
    this.u8(this.#fits(value, most, what));
  }

  /** Puts a u16 in the place of two bytes written before. */
  patchU16(at: number, value: number): void {
    this.#view.setUint16(at, value, true);
  }

  /** Puts a u32 in the place of four bytes written before. */
  patchU32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  #fits(value: number, most: number, what: string): number {
    if (value > most)
      throw new WireError(`${what}: ${value} is more than the ${most} that fit`, this.#length);
    return value;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(this.#length + more, 2 * this.#bytes.length));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
