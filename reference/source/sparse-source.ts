import { MemorySource, type ByteSource } from './byte-source.js';

/** A source at a place of another one. */
export interface SourcePiece {
  readonly at: number;
  readonly source: ByteSource;
}

/**
 * A source of any size that is put together: zeros, with pieces at their places. A file can be
 * written of it with holes where there are no pieces.
 */
export class SparseSource implements ByteSource {
  /** @param pieces - of those over each other, the later one counts; none is read behind the end */
  constructor(
    readonly size: number,
    readonly pieces: readonly SourcePiece[],
  ) {}

  read(at: number, size: number): Uint8Array {
    const bytes = new Uint8Array(size);
    for (const piece of this.pieces) {
      const from = Math.max(at, piece.at);
      const to = Math.min(at + size, piece.at + piece.source.size);
      if (from < to) bytes.set(piece.source.read(from - piece.at, to - from), from - at);
    }
    return bytes;
  }
}

/** Sources one behind another, from `begin` on; each at the next multiple of `alignment`. */
export function inARow(sources: readonly ByteSource[], begin = 0, alignment = 1): readonly SourcePiece[] {
  let at = begin;
  return sources.map((source) => {
    const piece = { at: Math.ceil(at / alignment) * alignment, source };
    at = piece.at + source.size;
    return piece;
  });
}

/** Bytes with zeros behind them, up to a size. */
export function paddedTo(size: number, bytes: Uint8Array): SparseSource {
  return new SparseSource(size, [{ at: 0, source: new MemorySource(bytes) }]);
}
