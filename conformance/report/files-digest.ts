import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** The SHA-256 of files, in hexadecimal; null when none of the paths is a file. What is no file counts by its text alone. */
export function filesDigest(paths: readonly string[]): string | null {
  const hash = createHash('sha256');
  let files = 0;
  for (const path of paths) {
    hash.update(`${path}\n`);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) continue;
    hash.update(readFileSync(path));
    files++;
  }
  return files === 0 ? null : hash.digest('hex');
}
