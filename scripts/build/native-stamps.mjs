import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { packagePaths } from './package-paths.mjs';
import { writeFileAtomically } from './write-file-atomically.mjs';

const FILE = path.join(packagePaths.nativeBuild, 'stamps.json');

/**
 * @typedef {object} NativeStamps what the files in native/build were made from
 * @property {string | null} compilerId of the last build
 * @property {Readonly<Record<string, string>>} artifacts path below native/build → hash of its inputs
 */

/**
 * Reads the stamps of the last build; empty when there was none or its file is damaged.
 *
 * @returns {Promise<NativeStamps>}
 */
export async function readNativeStamps() {
  try {
    /** @type {unknown} */
    const value = JSON.parse(await readFile(FILE, 'utf8'));
    if (isStamps(value)) return value;
  } catch {
    // Read as: nothing was built.
  }
  return { compilerId: null, artifacts: {} };
}

/**
 * Adds stamps to those on file. Only to be called by the owner of the build lock.
 *
 * @param {string} compilerId
 * @param {Readonly<Record<string, string>>} artifacts
 */
export async function addNativeStamps(compilerId, artifacts) {
  const before = await readNativeStamps();
  const after = { compilerId, artifacts: { ...before.artifacts, ...artifacts } };
  await writeFileAtomically(FILE, `${JSON.stringify(after, null, 2)}\n`);
}

/**
 * @param {unknown} value
 * @returns {value is NativeStamps}
 */
function isStamps(value) {
  if (typeof value !== 'object' || value === null) return false;
  const { compilerId, artifacts } = /** @type {Record<string, unknown>} */ (value);
  const known = compilerId === null || typeof compilerId === 'string';
  return known && typeof artifacts === 'object' && artifacts !== null;
}
