import { FileError } from './file-error.js';
import { PlainFile } from './plain-file.js';

/** Bytes of a file at most, where nothing else is said. */
export const MOST_FILE_BYTES = 256 << 20;

/** Bytes that are read in one go of a file that does not tell its size. */
const PIECE = 1 << 20;

/**
 * The bytes of a plain file: what is a folder, a device or a pipe is not opened for good, and no
 * more is read than is allowed.
 *
 * @throws FileError when it is no plain file or too large, else the error of the file system.
 */
export function readPlainFile(file: string, most: number = MOST_FILE_BYTES): Buffer {
  const opened = new PlainFile(file);
  try {
    if (opened.size > most) throw tooLarge(file, most);
    return readAll(opened, file, most);
  } finally {
    opened.close();
  }
}

/** The text of a plain file, as {@link readPlainFile}. */
export function readPlainText(file: string, most?: number): string {
  return readPlainFile(file, most).toString('utf8');
}

/** A file of /proc tells no size, and one can grow. */
function readAll(opened: PlainFile, file: string, most: number): Buffer {
  const pieces: Buffer[] = [];
  for (let size = 0; ;) {
    // One byte more shows whether that is the end.
    const piece = Buffer.allocUnsafe(Math.max(PIECE, opened.size - size + 1));
    const count = opened.readInto(piece, size);
    if (count === 0)
      return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    size += count;
    if (size > most) throw tooLarge(file, most);
    pieces.push(piece.subarray(0, count));
  }
}

function tooLarge(file: string, most: number): FileError {
  return new FileError(
    `${JSON.stringify(file)} has more than ${most} bytes, which is the most that is read of it.`,
  );
}
