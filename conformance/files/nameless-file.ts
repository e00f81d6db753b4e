import { constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
/** Linux's O_TMPFILE without O_DIRECTORY, which Node does not name. */
const TMPFILE = 0o20000000;
/** The answers of a system, or of a file system, that knows no such files. */
const UNKNOWN: readonly unknown[] = ['EOPNOTSUPP', 'EISDIR', 'EINVAL', 'ENOENT'];

/**
 * Opens a new file in the folder for temporary files that no other user can open and that has no
 * name: whatever ends this process, nothing is left of it. Only where the file system knows no such
 * files does it have a name for a moment, in a folder of its own called `prefix` and more.
 *
 * @param folder where it is; the folder for temporary files unless given
 * @throws the error of the file system
 */
export function openNamelessFile(prefix: string, folder: string = tmpdir()): number {
  return openUnnamed(folder) ?? openUnlinked(prefix, folder);
}

function openUnnamed(folder: string): number | null {
  if (process.platform !== 'linux') return null;
  try {
    return openSync(folder, O_RDWR | TMPFILE | constants.O_DIRECTORY, 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && UNKNOWN.includes(error.code)) return null;
    throw error;
  }
}

/** As {@link openNamelessFile}, on any file system. */
export function openUnlinked(prefix: string, folder: string): number {
  const own = mkdtempSync(join(folder, prefix));
  try {
    return openSync(join(own, 'file'), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  } finally {
    rmSync(own, { recursive: true });
  }
}
