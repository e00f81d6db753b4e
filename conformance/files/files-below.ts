import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from './file-error.js';

/** Files of a folder that are listed at most. */
const MOST_FILES = 100_000;

/**
 * The files below a folder whose names end so, in the order of their paths; links are not followed.
 *
 * @throws FileError when there are too many, else the error of the file system.
 */
export function filesBelow(folder: string, ending: string): readonly string[] {
  const found: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile() && entry.name.endsWith(ending)) found.push(path);
    }
    if (found.length > MOST_FILES) {
      throw new FileError(
        `${JSON.stringify(folder)} has more than ${MOST_FILES} files ${ending}. Give folders below it.`,
      );
    }
  }
  return found.sort();
}

/** Whether a path is that of a folder; false where there is nothing. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
