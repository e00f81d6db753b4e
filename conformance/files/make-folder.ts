import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { FileError } from './file-error.js';

/**
 * Makes a folder and those above it, where there are none. Each is made by itself: Node's own way
 * never ends below /proc.
 *
 * @throws FileError when something else has that name, or no folder can be made there.
 */
export function makeFolder(folder: string): void {
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status?.isDirectory() === true) return;
  if (status !== undefined) throw new FileError(`${folder} is not a folder. Give another place.`);
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    if (cause.code === 'EEXIST') return;
    if (cause.code !== 'ENOENT') throw cause;
    throw new FileError(`No folder ${folder} can be made. Give another place.`, { cause });
  }
}
