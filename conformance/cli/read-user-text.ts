import { FileError } from '../files/file-error.js';
import { readPlainText } from '../files/read-plain-file.js';
import { visible, visibleLine } from '../model/visible-text.js';
import { UsageError } from './output.js';

/** How a file that a user names is read. */
interface UserText {
  /** What stands before its name in a message, such as `The report`. */
  readonly what: string;
  /** Bytes that it may have; as many as any text, unless given. */
  readonly most?: number;
  /** What to do instead, as a sentence. */
  readonly advice?: string;
}

/**
 * The text of a file that a user names.
 *
 * @throws UsageError when it cannot be read, is no plain file, or is too large
 */
export function readUserText(file: string, { what, most, advice }: UserText): string {
  try {
    return readPlainText(file, most);
  } catch (cause) {
    if (cause instanceof FileError) throw new UsageError(visibleLine(cause.message), { cause });
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    const then = advice === undefined ? '' : ` ${advice}`;
    throw new UsageError(visible`${what} ${file} cannot be read (${String(cause.code)}).${then}`, { cause });
  }
}
