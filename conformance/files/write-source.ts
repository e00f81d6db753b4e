import { ftruncateSync, writeSync } from 'node:fs';
import { SparseSource, type ByteSource } from '../../reference/index.js';
import { replaceFileBy } from './replace-file.js';

/** Bytes that are in memory at once. */
const PIECE = 2 ** 22;
const ZEROS = new Uint8Array(PIECE);

/**
 * Writes a file of any size piece by piece, in one step as `replaceFile` does. Where a source has
 * no pieces, or long rows of zeros, the file gets holes, which take no room where the file system
 * has such.
 *
 * @throws FileError when something that is no plain file has its name, else the error of the file
 * system.
 */
export function writeSource(file: string, source: ByteSource): void {
  replaceFileBy(file, (opened) => {
    ftruncateSync(opened, source.size);
    writePieces(opened, 0, source);
  });
}

function writePieces(opened: number, at: number, source: ByteSource): void {
  if (source instanceof SparseSource) {
    for (const piece of source.pieces) writePieces(opened, at + piece.at, piece.source);
    return;
  }
  for (let done = 0; done < source.size; done += PIECE) {
    const bytes = source.read(done, Math.min(PIECE, source.size - done));
    // What is not written is a hole of zeros.
    if (!isZeros(bytes)) writeAll(opened, bytes, at + done);
  }
}

function isZeros(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes, ZEROS.subarray(0, bytes.length)) === 0;
}

function writeAll(opened: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(opened, bytes, done, bytes.length - done, at + done);
  }
}
