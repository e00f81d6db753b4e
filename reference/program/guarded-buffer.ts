import { ByteBuffer, type Table } from 'flatbuffers';
import { nameFromBytes } from '../text/name-bytes.js';
import { ByteRange } from '../source/byte-range.js';
import { type ProgramBytes, ZEROS_KEPT } from './program-bytes.js';
import { ExhaustingProgramError, ReadingWork } from './reading-work.js';
import { type Surroundings, ZEROS_BEFORE, ZEROS_BEHIND } from './surroundings.js';

/** Units of work that looking for a field of a table takes. */
const FIELD_WORK = 8;
/** Units of work that each character of a text takes. */
const TEXT_WORK = 4;
/** Bytes that are looked at in one go for the end of a text that leaves the flatbuffer. */
const TEXT_PIECE = 4096;
/** Bytes of such a text at most. */
const LONGEST_TEXT = 2 ** 24;

/** A read of memory of which nothing is known: what the runtime does then is undefined. */
export class UnsafeRead extends Error {
  constructor(at: number, size: number) {
    super(`reads ${size} bytes at offset ${at}, beyond the end of the file`);
    this.name = 'UnsafeRead';
  }
}

/** A vector of bytes in a file. */
export interface ByteVector {
  /** Its elements; of those that are zeros behind the file some at most. */
  readonly range: ByteRange;
  /** How many bytes it is said to have. */
  readonly size: number;
}

/**
 * A `ByteBuffer` for hostile bytes: the accessors that flatc generates go through it, and each read
 * is checked.
 *
 * Offsets and lengths are taken as the unsigned numbers that the runtime takes them for;
 * flatbuffers' own JavaScript reads them as signed. A read that leaves the file gives the zeros
 * around it, or throws {@link UnsafeRead} where the surroundings are unknown; it allocates nothing.
 * What is behind the flatbuffer may have to be read from the file.
 */
export class GuardedBuffer extends ByteBuffer {
  readonly #program: ProgramBytes;
  /** The beginning of the file, as far as it is in memory. */
  readonly #bytes: Uint8Array;
  readonly #inMemory: number;
  readonly #work: ReadingWork;
  /** The texts read so far, by where they begin. */
  readonly #texts = new Map<number, string>();
  readonly #first: number;
  readonly #end: number;

  constructor(program: ProgramBytes, surroundings: Surroundings, work = ReadingWork.UNLIMITED) {
    super(program.head);
    this.#work = work;
    this.#program = program;
    this.#bytes = program.head;
    this.#inMemory = program.head.length;
    this.#first = surroundings === 'zeros' ? -ZEROS_BEFORE : 0;
    this.#end = program.size + (surroundings === 'zeros' ? ZEROS_BEHIND : 0);
  }

  override readUint8(offset: number): number {
    return this.#isInMemory(offset, 1) ? Number(this.#bytes[offset]) : this.#elsewhere(offset);
  }

  override readUint16(offset: number): number {
    if (this.#isInMemory(offset, 2)) return super.readUint16(offset);
    return this.readUint8(offset) | (this.readUint8(offset + 1) << 8);
  }

  override readInt32(offset: number): number {
    if (this.#isInMemory(offset, 4)) return super.readInt32(offset);
    return this.readUint16(offset) | (this.readUint16(offset + 2) << 16);
  }

  override __offset(table: number, slot: number): number {
    this.#work.take(FIELD_WORK);
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
    // In unknown surroundings even what the runtime allocates by the count is unknown.
    if (this.#end === this.#program.size) this.#isInMemory(start, count);
    return count;
  }

  /**
   * The text up to its first NUL, as the runtime reads it: the length that the file states is not
   * looked at.
   */
  override __string(at: number): string {
    const start = this.__vector(at);
    if (start >= this.#program.size) {
      this.#isInMemory(start, 1);
      return '';
    }
    const known = this.#texts.get(start);
    const text = known ?? this.#textAt(start);
    if (known === undefined) this.#texts.set(start, text);
    this.#work.take(TEXT_WORK * text.length);
    return text;
  }

  #textAt(start: number): string {
    const nul = this.#bytes.indexOf(0, start);
    if (nul >= 0) return nameFromBytes(this.#bytes.subarray(start, nul));
    const end = this.#nulFrom(Math.max(start, this.#inMemory));
    return nameFromBytes(this.#program.read(start, end - start));
  }

  /** The first NUL from a place behind what is in memory; the end of a file that zeros follow. */
  #nulFrom(start: number): number {
    const { size } = this.#program;
    for (let at = start; at < size; at += TEXT_PIECE) {
      if (at - start > LONGEST_TEXT) throw new ExhaustingProgramError(size);
      const nul = this.#program.read(at, Math.min(TEXT_PIECE, size - at)).indexOf(0);
      if (nul >= 0) return at + nul;
    }
    this.#isInMemory(size, 1);
    return size;
  }

  /** Whether a table has the field with this vtable slot, a reference to something else. */
  has(table: { readonly bb_pos: number }, slot: number): boolean {
    const offset = this.__offset(table.bb_pos, slot);
    if (offset === 0) return false;
    // The runtime follows a reference when it asks for the field.
    this.#isInMemory(table.bb_pos + offset, 4);
    return true;
  }

  /**
   * How many of `count` elements are worth reading: all those behind them are zeros, and the last
   * one here is like them.
   *
   * @param size bytes of an element
   */
  worthReading(count: number, size: number): number {
    return Math.min(count, Math.ceil(this.#program.size / size) + 1);
  }

  /** The elements of a vector of bytes, not copied; null when the field is absent. */
  byteVector(table: { readonly bb_pos: number }, slot: number): ByteVector | null {
    const offset = this.__offset(table.bb_pos, slot);
    if (offset === 0) return null;
    const at = table.bb_pos + offset;
    const size = this.__vector_len(at);
    const start = this.__vector(at);
    this.#isInMemory(start, size);
    const from = Math.min(start, this.#program.size);
    const length = Math.min(size, this.#program.size + ZEROS_KEPT - from);
    return { range: new ByteRange(this.#program, from, length), size };
  }

  /** Whether these bytes are of the file and in memory. Others are read, or are zeros around it. */
  #isInMemory(offset: number, size: number): boolean {
    if (offset >= 0 && offset + size <= this.#inMemory) return true;
    if (offset < this.#first || offset + size > this.#end) throw new UnsafeRead(offset, size);
    return false;
  }

  /** A byte that is not in memory. */
  #elsewhere(offset: number): number {
    return offset >= this.#inMemory && offset < this.#program.size
      ? Number(this.#program.read(offset, 1)[0])
      : 0;
  }
}
