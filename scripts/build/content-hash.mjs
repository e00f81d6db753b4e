import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * SHA-256 over a list of texts or bytes; where one ends and the next begins is part of it.
 *
 * @param {readonly (string | Uint8Array)[]} parts
 * @returns {string} hex
 */
export function hashOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/**
 * SHA-256 over files: their paths below `root` and their contents.
 *
 * @param {string} root
 * @param {readonly string[]} files absolute paths, in any order
 * @returns {Promise<string>} hex
 */
export async function hashOfFiles(root, files) {
  const sorted = [...files].sort();
  const contents = await Promise.all(sorted.map((file) => readFile(file)));
  return hashOf(sorted.flatMap((file, index) => [path.relative(root, file), contents[index] ?? '']));
}

/**
 * Files below a folder whose path matches, sorted; none when the folder does not exist.
 *
 * @param {string} folder absolute
 * @param {(file: string) => boolean} matches
 * @returns {Promise<string[]>} absolute paths
 */
export async function listFiles(folder, matches) {
  /** @type {import('node:fs').Dirent[]} */
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
    throw error;
  }
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(file, matches);
      return matches(file) ? [file] : [];
    }),
  );
  return nested.flat().sort();
}
