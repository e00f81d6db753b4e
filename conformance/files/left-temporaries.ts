import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A name of `replaceFile` for what it writes. */
const TEMPORARY = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/**
 * Removes what `replaceFile` left in a folder of a process that was killed amid a write. Whoever
 * calls this has the folder for itself. Nothing happens where there is no such folder.
 */
export function removeLeftTemporaries(folder: string): void {
  for (const name of namesIn(folder)) {
    if (TEMPORARY.test(name)) rmSync(join(folder, name), { force: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
