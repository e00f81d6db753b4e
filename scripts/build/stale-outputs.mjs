import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

import { listFiles } from './content-hash.mjs';

/** What the compiler writes for a source, in place of its `.ts`. */
const OUTPUT = /\.(?:js|d\.ts)(?:\.map)?$/;

/**
 * Removes what the compiler wrote for sources that are gone, and folders that are empty then: a
 * file that is left over could still be imported, or run by its old name.
 *
 * @param {string} sources the folder that holds the sources
 * @param {string} outputs the folder that the compiler writes to, in the same order of folders
 * @returns {Promise<string[]>} what was removed, as paths below `outputs`
 */
export async function removeStaleOutputs(sources, outputs) {
  const written = await listFiles(outputs, (file) => OUTPUT.test(file));
  const stale = written
    .map((file) => path.relative(outputs, file))
    .filter((file) => !existsSync(path.join(sources, file.replace(OUTPUT, '.ts'))));
  for (const file of stale) {
    await rm(path.join(outputs, file));
    await removeEmptyFolders(outputs, path.dirname(file));
  }
  return stale;
}

/**
 * @param {string} outputs
 * @param {string} folder below it; empty folders around it go with it
 */
async function removeEmptyFolders(outputs, folder) {
  for (let left = folder; left !== '.'; left = path.dirname(left)) {
    const entries = await readdir(path.join(outputs, left));
    if (entries.length > 0) return;
    await rmdir(path.join(outputs, left));
  }
}
