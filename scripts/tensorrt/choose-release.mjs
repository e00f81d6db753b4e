import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { PrerequisiteError } from '../build/build-errors.mjs';
import { packagePaths } from '../build/package-paths.mjs';
import { TENSORRT_RELEASES } from './releases.mjs';

const SLOTS = path.join(packagePaths.native, 'tensorrt/slots.cpp');

/**
 * @typedef {import('./releases.mjs').TensorRtRelease & {
 *   jar: NonNullable<import('./releases.mjs').TensorRtRelease['jar']>
 * }} PinnedRelease
 */

/**
 * The release of a version, when it may be used: it can be fetched, its virtual tables are known
 * and its jar is pinned.
 *
 * @param {string} version major.minor
 * @param {object} [known] for tests
 * @param {readonly import('./releases.mjs').TensorRtRelease[]} [known.releases]
 * @param {readonly string[]} [known.interfaces]
 * @returns {Promise<PinnedRelease>}
 * @throws {PrerequisiteError} saying which of the three it lacks
 */
export async function chooseRelease(version, known = {}) {
  const releases = known.releases ?? TENSORRT_RELEASES;
  const interfaces = known.interfaces ?? (await knownInterfaces());
  const usable = releases.filter((release) => isUsable(release, interfaces));
  const remedy = `Use --version ${usable.map((release) => release.version).join(' or --version ')}`;
  const release = releases.find((candidate) => candidate.version === version);
  if (release === undefined) {
    throw refusal(`TensorRT ${version} is not among the releases that can be fetched.`, remedy);
  }
  if (!interfaces.includes(version)) {
    throw refusal(
      `TensorRT ${version} is refused: its virtual tables were not checked, and a wrong slot calls another method without an error.`,
      `${remedy}, or check its headers and add its slots to native/tensorrt/slots.cpp.`,
    );
  }
  if (release.jar === null) {
    throw refusal(
      `TensorRT ${version} is refused: the sha256 of its jar is not pinned in scripts/tensorrt/releases.mjs.`,
      remedy,
    );
  }
  return { ...release, jar: release.jar };
}

/**
 * The TensorRT versions whose binary interface the native part knows, read from the one place that
 * says so: the `case` labels (major * 100 + minor) of SlotsForVersion() in
 * native/tensorrt/slots.cpp.
 *
 * @returns {Promise<string[]>} such as `10.6`
 */
export async function knownInterfaces() {
  const source = await readFile(SLOTS, 'utf8');
  return [...source.matchAll(/\bcase (\d{3,}):/g)].map((match) => {
    const release = Number(match[1]);
    return `${Math.trunc(release / 100)}.${release % 100}`;
  });
}

/**
 * @param {import('./releases.mjs').TensorRtRelease} release
 * @param {readonly string[]} interfaces
 */
function isUsable({ version, jar }, interfaces) {
  return jar !== null && interfaces.includes(version);
}

/**
 * @param {string} what
 * @param {string} remedy
 */
function refusal(what, remedy) {
  return new PrerequisiteError([{ what, remedy }]);
}
