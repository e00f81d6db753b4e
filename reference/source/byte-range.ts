import { MemorySource, type ByteSource } from './byte-source.js';

/** A part of a source, of which nothing is read until it is asked for. */
export class ByteRange {
  constructor(
    readonly source: ByteSource,
    /** Where it begins in the source. */
    readonly at: number,
    readonly size: number,
  ) {}

  /** The bytes from `from` on, `size` of them or as many as there are; all unless given. */
  read(from = 0, size = this.size): Uint8Array {
    const start = Math.min(from, this.size);
    return this.source.read(this.at + start, Math.min(size, this.size - start));
  }

  /** The part from `from` on, of `size` bytes or as many as there are. */
  part(from: number, size: number): ByteRange {
    const start = Math.min(from, this.size);
    return new ByteRange(this.source, this.at + start, Math.min(size, this.size - start));
  }
}

/** All of a source, or of bytes. */
export function rangeOf(given: Uint8Array | ByteSource): ByteRange {
  const source = given instanceof Uint8Array ? new MemorySource(given) : given;
  return new ByteRange(source, 0, source.size);
}
