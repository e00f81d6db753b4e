import { randomUUID } from 'node:crypto';
import { closeSync, constants, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { FileError } from './file-error.js';
import { naming } from './named-errors.js';

const EXCLUSIVE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Writes a file in one step: a reader sees the old content or the new one, and a process that is
 * killed here leaves the one that was there. It is written under a name that nobody knows before,
 * to a file that there was not, so that no link leads elsewhere.
 *
 * @throws FileError when something that is no plain file has its name, else the error of the file
 * system.
 */
export function replaceFile(file: string, content: string | Uint8Array): void {
  replaceFileBy(file, (opened) => {
    writeFileSync(opened, content);
  });
}

/** As {@link replaceFile}, with what `write` writes to a new file that is open for it. */
export function replaceFileBy(file: string, write: (opened: number) => void): void {
  refuseOther(file);
  const temporary = `${file}.${randomUUID()}.tmp`;
  const opened = openSync(temporary, EXCLUSIVE, 0o666);
  try {
    naming(file, () => {
      write(opened);
    });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(opened);
  }
}

/** @throws FileError when there is something of that name that is not a plain file or a link. */
export function refuseOther(file: string): void {
  const status = lstatSync(file, { throwIfNoEntry: false });
  if (status === undefined || status.isFile() || status.isSymbolicLink()) return;
  throw new FileError(`${file} is not a plain file, so nothing is written there. Give another place.`);
}
