import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../../reference/index.js';
import { FileError } from './file-error.js';
import { naming } from './named-errors.js';

/** Bytes that are read in one piece at most: all else of a large file stays where it is. */
export const MOST_PIECE_BYTES = 2 ** 30;

/**
 * A plain file that is open, and read where it is needed; its size may be beyond 2^32. What is a
 * folder, a device or a pipe is not opened for good.
 */
export class PlainFile implements ByteSource {
  readonly size: number;
  readonly #name: string;
  readonly #opened: number;

  /**
   * @param file its path, or how it is called in messages where `opened` is given
   * @param opened the descriptor of a file that is open already; it is closed with this
   * @throws FileError when it is no plain file, else the error of the file system.
   */
  constructor(file: string, opened?: number) {
    this.#name = file;
    // A pipe that nobody writes to would wait.
    this.#opened = opened ?? openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = naming(file, () => fstatSync(this.#opened));
    this.size = status.size;
    if (status.isFile()) return;
    this.close();
    throw new FileError(`${JSON.stringify(file)} is not a plain file. Give the path of one.`);
  }

  /**
   * The bytes `[at, at + size)`.
   *
   * @throws FileError when they are more than is read in one piece, or are no longer there.
   */
  read(at: number, size: number): Uint8Array {
    if (size > MOST_PIECE_BYTES) {
      throw new FileError(
        `${JSON.stringify(this.#name)} has a part of ${size} bytes at offset ${at} that has to be read as a whole, ` +
          `and at most ${MOST_PIECE_BYTES} are. Export it with the data of its delegates in segments.`,
      );
    }
    const bytes = new Uint8Array(size);
    for (let done = 0; done < size;) {
      const count = this.readInto(bytes.subarray(done), at + done);
      if (count === 0) {
        throw new FileError(
          `${JSON.stringify(this.#name)} ends at offset ${at + done}, but had ${this.size} bytes when it was opened. ` +
            'Wait until nothing writes to it.',
        );
      }
      done += count;
    }
    return bytes;
  }

  /** Reads as much as there is and fits; gives how many bytes, 0 at the end. */
  readInto(bytes: Uint8Array, at: number): number {
    return naming(this.#name, () => readSync(this.#opened, bytes, 0, bytes.length, at));
  }

  close(): void {
    closeSync(this.#opened);
  }
}
