import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { packagePaths } from '../build/package-paths.mjs';
import { writeFileAtomically } from '../build/write-file-atomically.mjs';

/** Name of the file that says what a folder of TensorRT libraries holds. */
export const RECEIPT = 'tensorrt.json';

/**
 * @typedef {object} Library a file of TensorRT's
 * @property {string} name
 * @property {number} bytes
 * @property {string} sha256
 *
 * @typedef {object} InstalledTensorRt a folder of TensorRT libraries, as its receipt describes it
 * @property {string} version major.minor
 * @property {string} artifact Maven coordinates
 * @property {readonly Library[]} libraries
 */

/**
 * Where a fetched release is unpacked; what `--tensorrt` of other commands is given.
 *
 * @param {string} version major.minor
 * @returns {string} absolute path
 */
export function tensorRtFolder(version) {
  return path.join(packagePaths.dependencies, `tensorrt-${version}`);
}

/**
 * Reads the receipt of a folder.
 *
 * @param {string} folder
 * @returns {Promise<InstalledTensorRt | null>} null when there is none, or a library is missing or
 * cut
 */
export async function readInstalledTensorRt(folder) {
  try {
    /** @type {InstalledTensorRt} */
    const receipt = JSON.parse(await readFile(path.join(folder, RECEIPT), 'utf8'));
    const sizes = await Promise.all(
      receipt.libraries.map(async ({ name }) => (await stat(path.join(folder, name))).size),
    );
    return receipt.libraries.every(({ bytes }, index) => sizes[index] === bytes) ? receipt : null;
  } catch {
    return null;
  }
}

/**
 * Writes the receipt of a folder whose libraries are all there.
 *
 * @param {string} folder
 * @param {InstalledTensorRt} receipt
 */
export async function writeReceipt(folder, receipt) {
  await writeFileAtomically(path.join(folder, RECEIPT), `${JSON.stringify(receipt, null, 2)}\n`);
}
