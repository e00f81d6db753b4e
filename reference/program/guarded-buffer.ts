import { ByteBuffer, type Table } from 'flatbuffers';
import { nameFromBytes } from '../text/name-bytes.js';

/** A read beyond the end of the file: what the runtime does then is undefined. */
export class UnsafeRead extends Error {
  constructor(at: number, size: number) {
    super(`reads ${size} bytes at offset ${at}, beyond the end of the file`);
    this.name = 'UnsafeRead';
  }
}

/**
 * A `ByteBuffer` for hostile bytes: the accessors that flatc generates go through it, and each read is checked.
 *
 * Offsets and lengths are taken as the unsigned numbers that the runtime takes them for; flatbuffers' own JavaScript reads them
 * as signed. A read that leaves the file throws {@link UnsafeRead} and allocates nothing.
 */
export class GuardedBuffer extends ByteBuffer {
  readonly #bytes: Uint8Array;
  readonly #size: number;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.#bytes = bytes;
    this.#size = bytes.length;
  }

  override readUint8(offset: number): number {
    this.#check(offset, 1);
    return Number(this.#bytes[offset]);
  }

  override readUint16(offset: number): number {
    this.#check(offset, 2);
    return super.readUint16(offset);
  }

  override readInt32(offset: number): number {
    this.#check(offset, 4);
    return super.readInt32(offset);
  }

  override __offset(table: number, slot: number): number {
    const vtable = table - this.readInt32(table);
    return slot < this.readUint16(vtable) ? this.readUint16(vtable + slot) : 0;
  }

  override __indirect(at: number): number {
    return at + this.readUint32(at);
  }

  override __union(table: Table, at: number): Table {
    table.bb_pos = this.__indirect(at);
    table.bb = this;
    return table;
  }

  override __vector(at: number): number {
    return this.__indirect(at) + 4;
  }

  override __vector_len(at: number): number {
    const start = this.__vector(at);
    const count = this.readUint32(start - 4);
    // The runtime allocates by the count, so what one beyond the file leads to depends on the host's memory.
    this.#check(start, count);
    return count;
  }

  /** The text up to its first NUL, as the runtime reads it: the length that the file states is not looked at. */
  override __string(at: number): string {
    const start = this.__vector(at);
    const end = start < this.#size ? this.#bytes.indexOf(0, start) : -1;
    if (end < 0) throw new UnsafeRead(start, this.#size - start + 1);
    return nameFromBytes(this.#bytes.subarray(start, end));
  }

  /** Whether a table has the field with this vtable slot, a reference to something else. */
  has(table: { readonly bb_pos: number }, slot: number): boolean {
    const offset = this.__offset(table.bb_pos, slot);
    if (offset === 0) return false;
    // The runtime follows a reference when it asks for the field.
    this.#check(table.bb_pos + offset, 4);
    return true;
  }

  /** The elements of a vector of bytes, not copied; null when the field is absent. */
  byteVector(table: { readonly bb_pos: number }, slot: number): Uint8Array | null {
    const offset = this.__offset(table.bb_pos, slot);
    if (offset === 0) return null;
    const at = table.bb_pos + offset;
    const size = this.__vector_len(at);
    const start = this.__vector(at);
    this.#check(start, size);
    return this.#bytes.subarray(start, start + size);
  }

  #check(offset: number, size: number): void {
    if (offset < 0 || offset + size > this.#size) throw new UnsafeRead(offset, size);
  }
}
