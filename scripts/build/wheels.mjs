import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PrerequisiteError } from './build-errors.mjs';
import { fetchWheel } from './fetch-wheel.mjs';
import { packagePaths } from './package-paths.mjs';

/**
 * @typedef {object} Wheel a Python wheel, pinned
 * @property {string} what what it is for, as messages name it
 * @property {string} project its name on the index
 * @property {string} version
 * @property {number} megabytes of the download, about
 * @property {string} members regular expression of Python's for the files to unpack: each goes to
 *   the path that its first group that matches gives
 * @property {string} folder where they are unpacked, below native/.deps
 * @property {string} proof a file that is there when it was unpacked
 * @property {readonly string[]} executables
 * @property {string} command what fetches it again
 * @property {string} offline what to do without an index
 * @property {Readonly<Record<string, {tag: string, sha256: string} | undefined>>} platforms by
 *   `process.platform-process.arch`
 */

/**
 * Everything that is fetched from a package index.
 *
 * @type {Readonly<Record<'executorch' | 'cmake' | 'ninja' | 'upstream' | 'upstreamHeaders' |
 *   'upstreamRunner', Wheel>>}
 */
export const WHEELS = Object.freeze(
  JSON.parse(readFileSync(new URL('wheels.json', import.meta.url), 'utf8')),
);

/**
 * Where a wheel is unpacked.
 *
 * @param {Wheel} wheel
 * @returns {string}
 */
export function wheelFolder({ folder }) {
  return path.join(packagePaths.dependencies, folder);
}

/**
 * Whether a wheel was fetched and unpacked.
 *
 * @param {Wheel} wheel
 * @returns {boolean}
 */
export function isFetched(wheel) {
  return existsSync(path.join(wheelFolder(wheel), wheel.proof));
}

/**
 * Fetches a wheel unless it is there. To be called by the owner of the build lock.
 *
 * @param {Wheel} wheel
 * @param {(message: string) => void} say
 * @param {string} [file] the wheel, when it need not be downloaded
 * @returns {Promise<string>} the folder
 * @throws {import('./build-errors.mjs').BuildError} it can't be unpacked, as on a full disk
 * @throws {PrerequisiteError} none is pinned for this platform, no Python or pip, no index reached,
 *   or another file than the pinned one
 */
export async function requireWheel(wheel, say, file) {
  if (isFetched(wheel)) return wheelFolder(wheel);
  const platform = `${process.platform}-${process.arch}`;
  const pin = wheel.platforms[platform];
  if (pin === undefined) {
    throw new PrerequisiteError([
      {
        what: `No ${wheel.what}: no ${wheel.project} ${wheel.version} wheel is pinned for ${platform}.`,
        remedy: `Pinned: ${Object.keys(wheel.platforms).join(', ')}. Elsewhere ${wheel.offline}`,
      },
    ]);
  }
  if (!file) say(`fetching ${wheel.project} ${wheel.version} with pip (${wheel.megabytes} MB)`);
  await fetchWheel({ ...wheel, ...pin }, wheelFolder(wheel), file ? path.resolve(file) : undefined);
  return wheelFolder(wheel);
}
