import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file so that a reader sees the old or the new content, never a part. It is written under
 * a name that nobody knows before, to a file that there was not, so that no link leads elsewhere.
 *
 * @param {string} file
 * @param {string | Uint8Array} content
 */
export async function writeFileAtomically(file, content) {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  await writeFile(temporary, content, { flag: 'wx' });
  await rename(temporary, file);
}
