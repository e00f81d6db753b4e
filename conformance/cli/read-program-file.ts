import { FileError } from '../files/file-error.js';
import { PlainFile } from '../files/plain-file.js';
import { UsageError } from './output.js';

/**
 * Opens a program of any size for what `use` reads of it.
 *
 * @throws UsageError when it cannot be read, such as a device or a pipe, or one of which a
 * part is too large; the message says why.
 */
export function withProgramFile<Result>(
  file: string,
  use: (program: PlainFile) => Result,
  open: () => PlainFile = () => new PlainFile(file),
): Result {
  const opened = readingFile(file, open);
  try {
    return readingFile(file, () => use(opened));
  } finally {
    opened.close();
  }
}

/**
 * What `read` gives of a file or folder.
 *
 * @throws UsageError that says why, where the file system does not give it
 */
export function readingFile<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof FileError) throw new UsageError(cause.message, { cause });
    if (!(cause instanceof Error && 'syscall' in cause && 'code' in cause)) throw cause;
    throw new UsageError(`The file ${JSON.stringify(file)} cannot be read (${String(cause.code)}).`, {
      cause,
    });
  }
}
