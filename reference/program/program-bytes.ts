import { MemorySource, type ByteSource } from '../source/byte-source.js';
import { HEAD_BYTES, readExtendedHeader, type ExtendedHeader } from './extended-header.js';
import type { Readable } from './program-fault.js';
import type { Surroundings } from './surroundings.js';

/** Zeros behind a program that vectors of bytes are given with. */
export const ZEROS_KEPT = 64;

/**
 * A program file whose flatbuffer is in memory. What lies behind that, as segments do, is read when
 * it is asked for. Amid zeros, up to {@link ZEROS_KEPT} bytes behind the end can be read, too.
 */
export class ProgramBytes implements ByteSource {
  readonly size: number;
  /** The beginning of the file, at least its flatbuffer. */
  readonly head: Uint8Array;
  readonly #source: ByteSource;
  /** Bytes from the beginning of `head` on that are in memory; zeros behind the file count. */
  readonly #known: number;

  private constructor(head: Uint8Array, zeros: number, source: ByteSource) {
    this.head = head;
    this.#source = source;
    this.size = source.size;
    this.#known = head.length + zeros;
  }

  /** Reads the header, and as much of the file as is needed to read its flatbuffer. */
  static open(
    given: Uint8Array | ByteSource,
    surroundings: Surroundings,
  ): Readable<{ readonly program: ProgramBytes; readonly header: ExtendedHeader | null }> {
    const source = given instanceof Uint8Array ? new MemorySource(given) : given;
    const read = readExtendedHeader(source.read(0, Math.min(HEAD_BYTES, source.size)), source.size);
    if (!read.ok) return read;
    const header = read.value;
    const needed = header === null ? source.size : Math.max(HEAD_BYTES, Number(header.programSize));
    const head = given instanceof Uint8Array ? given : source.read(0, needed);
    return { ok: true, value: { program: ProgramBytes.of(source, head, surroundings), header } };
  }

  /** A file with the beginning that is in memory. */
  static of(source: ByteSource, head: Uint8Array, surroundings: Surroundings): ProgramBytes {
    const zeros = surroundings === 'zeros' && head.length === source.size ? ZEROS_KEPT : 0;
    return new ProgramBytes(zeros === 0 ? head : amidZeros(head), zeros, source);
  }

  read(at: number, size: number): Uint8Array {
    if (at + size <= this.#known) return new Uint8Array(this.head.buffer, this.head.byteOffset + at, size);
    const inside = Math.min(size, this.size - at);
    const bytes = this.#source.read(at, inside);
    return inside === size ? bytes : withZeros(bytes, size);
  }
}

/** A copy of a program with zeros behind it, enough for what is read as a whole. */
function amidZeros(program: Uint8Array): Uint8Array {
  return withZeros(program, program.length + ZEROS_KEPT).subarray(0, program.length);
}

/** A copy with zeros behind it, up to a size. */
function withZeros(bytes: Uint8Array, size: number): Uint8Array {
  const padded = new Uint8Array(size);
  padded.set(bytes);
  return padded;
}
