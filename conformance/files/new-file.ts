import { closeSync, constants, openSync, writeFileSync, writeSync } from 'node:fs';
import { naming } from './named-errors.js';
import { refuseOther, replaceFile } from './replace-file.js';

const NEW = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
const APPENDED = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW;

/**
 * Opens a file that there was not, to be read and written; throws the error of the file system
 * where something has its name, a link too.
 */
export function openNewFile(file: string): number {
  return openSync(file, NEW, 0o666);
}

/** Writes a file that there was not; as {@link openNewFile}. */
export function writeNewFile(file: string, content: string | Uint8Array): void {
  const opened = openNewFile(file);
  try {
    naming(file, () => {
      writeFileSync(opened, content);
    });
  } finally {
    closeSync(opened);
  }
}

/**
 * A file that takes the place of the one of its name and then grows: what was added is there for
 * whoever reads it, however this process ends.
 */
export class GrowingFile {
  readonly #file: string;
  readonly #opened: number;

  /** @throws FileError when something that is no plain file has its name. */
  constructor(file: string, content: string) {
    refuseOther(file);
    replaceFile(file, content);
    this.#file = file;
    this.#opened = openSync(file, APPENDED);
  }

  add(text: string): void {
    const bytes = Buffer.from(text);
    naming(this.#file, () => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#opened, bytes, at);
    });
  }

  close(): void {
    closeSync(this.#opened);
  }
}
