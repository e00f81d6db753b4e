import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants } from 'node:os';

/** What asks a process to end; Ctrl-C sends the first. */
const ENDING = Object.freeze(/** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']));

/**
 * Makes a folder and removes it, with what is in it, when its use ends: well, with an error, or
 * with the process, which a signal then ends as a shell tells it (128 and its number).
 *
 * @template Result
 * @param {string} prefix what its path begins with
 * @param {(folder: string) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withTemporaryFolder(prefix, use) {
  const folder = await mkdtemp(prefix);
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of ENDING) process.once(signal, end);
  try {
    return await use(folder);
  } finally {
    for (const signal of ENDING) process.off(signal, end);
    await rm(folder, { recursive: true, force: true });
  }
}
