import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { FileError } from './file-error.js';

/** Bytes of a file at most, where nothing else is said. */
export const MOST_FILE_BYTES = 256 << 20;

/**
 * The bytes of a plain file: what is a folder, a device or a pipe is not opened for good, and no
 * more is read than is allowed.
 *
 * @throws FileError when it is no plain file or too large, else the error of the file system.
 */
export function readPlainFile(file: string, most: number = MOST_FILE_BYTES): Buffer {
  // A pipe that nobody writes to would wait.
  const opened = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = fstatSync(opened);
    if (!status.isFile()) throw new FileError(`${file} is not a plain file. Give the path of one.`);
    if (status.size > most) throw tooLarge(file, most);
    return readAll(opened, file, most);
  } finally {
    closeSync(opened);
  }
}

/** The text of a plain file, as {@link readPlainFile}. */
export function readPlainText(file: string, most?: number): string {
  return readPlainFile(file, most).toString('utf8');
}

/** A file of /proc tells no size, and one can grow. */
function readAll(opened: number, file: string, most: number): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; ;) {
    const chunk = Buffer.allocUnsafe(1 << 20);
    const count = readSync(opened, chunk);
    if (count === 0) return Buffer.concat(chunks);
    size += count;
    if (size > most) throw tooLarge(file, most);
    chunks.push(chunk.subarray(0, count));
  }
}

function tooLarge(file: string, most: number): FileError {
  return new FileError(`${file} has more than ${most} bytes, which is the most that is read of it.`);
}
