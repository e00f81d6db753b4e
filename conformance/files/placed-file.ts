import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  writeSync,
} from 'node:fs';
import { FileError } from './file-error.js';
import { openNewFile } from './new-file.js';

const { O_RDWR, O_NOFOLLOW, COPYFILE_EXCL, COPYFILE_FICLONE_FORCE } = constants;

/**
 * Makes a file that there was not, which shares all blocks of another one until it is written to;
 * null where the file system has no such files.
 */
export function openClone(source: string, temporary: string): number | null {
  try {
    copyFileSync(source, temporary, COPYFILE_EXCL | COPYFILE_FICLONE_FORCE);
  } catch {
    return null;
  }
  return openSync(temporary, O_RDWR | O_NOFOLLOW);
}

/** A new file of a known size that is written at any places, and is zeros elsewhere. */
export class PlacedFile {
  readonly #name: string;
  readonly #size: number;
  readonly #opened: number;

  /**
   * @param temporary a name that nothing has
   * @param name how the file is called in messages
   * @param opened a descriptor of a file that was just made with that name; it is closed with this
   * @throws FileError when the file system does not take it, as do the other functions
   */
  constructor(temporary: string, name: string, size: number, opened: number | null = null) {
    this.#name = name;
    this.#size = size;
    this.#opened = opened ?? this.#act(() => openNewFile(temporary));
    try {
      this.#act(() => {
        ftruncateSync(this.#opened, size);
      });
    } catch (error) {
      this.close();
      throw error;
    }
  }

  write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.length;) {
      done += this.#act(() => writeSync(this.#opened, bytes, done, bytes.length - done, at + done));
    }
  }

  /** Gives it these permissions, and waits until it is on the disk. */
  settle(mode: number): void {
    this.#act(() => {
      fchmodSync(this.#opened, mode);
      fsyncSync(this.#opened);
    });
  }

  close(): void {
    closeSync(this.#opened);
  }

  #act<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause)) throw cause;
      throw new FileError(this.#faultText(String(cause.code)), { cause });
    }
  }

  #faultText(code: string): string {
    switch (code) {
      case 'ENOENT':
      case 'ENOTDIR':
        return `There is no folder for ${this.#name}. Make it, or give another place.`;
      case 'ENOSPC':
      case 'EDQUOT':
      case 'EFBIG':
        return `There is no room for ${this.#name}, which has ${this.#size} bytes (${code}). Make room, or give another place.`;
      default:
        return `${this.#name} cannot be written (${code}). Give another place.`;
    }
  }
}
