import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { FileError } from './file-error.js';

/** Bytes that are read in one go; holes are found in such pieces. */
export const PIECE = 2 ** 20;

const BLOCK_BYTES = 512;
const { O_RDONLY, O_NONBLOCK, O_DIRECT } = constants;

/** A plain file that is read piece by piece, and must not change meanwhile. */
export class SourcePieces {
  readonly #name: string;
  readonly #opened: number;
  readonly #before: Stats;
  readonly #buffer = new Uint8Array(PIECE);
  readonly #direct: number | null;

  constructor(file: string) {
    this.#name = file;
    this.#opened = openSync(file, O_RDONLY | O_NONBLOCK);
    this.#before = fstatSync(this.#opened);
    const { size, blocks } = this.#before;
    // Of a file with holes the zeros need not come to the cache.
    this.#direct = blocks * BLOCK_BYTES < size ? openDirect(file) : null;
  }

  get size(): number {
    return this.#before.size;
  }

  /** Of its permissions, those that can be set. */
  get mode(): number {
    return this.#before.mode & 0o777;
  }

  /** The piece at a multiple of {@link PIECE}; the next one takes its place. */
  piece(at: number): Uint8Array {
    const wanted = Math.min(PIECE, this.#before.size - at);
    let done = this.#pieceDirect(at, wanted);
    while (done < wanted) {
      const count = readSync(this.#opened, this.#buffer, done, wanted - done, at + done);
      if (count === 0) throw this.#changed();
      done += count;
    }
    return this.#buffer.subarray(0, wanted);
  }

  /** @throws FileError when it is no longer what it was. */
  refuseChanged(): void {
    const { size, mtimeMs } = fstatSync(this.#opened);
    if (size !== this.#before.size || mtimeMs !== this.#before.mtimeMs) throw this.#changed();
  }

  close(): void {
    closeSync(this.#opened);
    if (this.#direct !== null) closeSync(this.#direct);
  }

  /**
   * Bytes read past the cache: none where the place in memory is not fit for what is on the disk.
   */
  #pieceDirect(at: number, wanted: number): number {
    if (this.#direct === null) return 0;
    try {
      return Math.min(readSync(this.#direct, this.#buffer, 0, PIECE, at), wanted);
    } catch {
      return 0;
    }
  }

  #changed(): FileError {
    return new FileError(`${this.#name} was changed while it was read. Wait until nothing writes to it.`);
  }
}

function openDirect(file: string): number | null {
  try {
    return openSync(file, O_RDONLY | O_NONBLOCK | O_DIRECT);
  } catch {
    return null;
  }
}
