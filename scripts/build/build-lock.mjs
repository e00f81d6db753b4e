import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { BuildError } from './build-errors.mjs';
import { displayPath, packagePaths } from './package-paths.mjs';

const LOCK = path.join(packagePaths.nativeBuild, '.lock');
const OWNER = path.join(LOCK, 'owner.json');
const POLL_MS = 100;
const HEARTBEAT_MS = 2_000;
const STALE_MS = 20_000;
const GIVE_UP_MS = 15 * 60_000;

/**
 * Runs `work` while no other process of this package builds. A lock whose owner died is taken over;
 * should two take it over at once, time is lost and nothing else, because every file is put in
 * place whole.
 *
 * @template T
 * @param {(message: string) => void} say told once when it has to wait
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {BuildError} when another build holds the lock for a quarter of an hour
 */
export async function withBuildLock(say, work) {
  await acquire(say);
  const heartbeat = setInterval(() => void touch(), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(LOCK, { recursive: true, force: true });
  }
}

/** @param {(message: string) => void} say */
async function acquire(say) {
  await mkdir(packagePaths.nativeBuild, { recursive: true });
  const started = Date.now();
  for (let waits = 0; ; waits += 1) {
    try {
      await mkdir(LOCK);
      await writeFile(OWNER, JSON.stringify({ pid: process.pid, host: hostname() }));
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (await isStale()) {
      await rm(LOCK, { recursive: true, force: true });
      continue;
    }
    if (Date.now() - started > GIVE_UP_MS) {
      throw new BuildError(
        `Another build has held ${displayPath(LOCK)} for a quarter of an hour. Wait for it, or remove that folder when no build runs.`,
        '',
      );
    }
    if (waits === 10) say('waiting for another build of this package to end');
    await sleep(POLL_MS);
  }
}

/** @returns {Promise<boolean>} whether the owner of the lock is gone */
async function isStale() {
  const held = await stat(LOCK).catch(() => null);
  if (held === null) return false;
  // Of an owner elsewhere (another container) only the heartbeat tells.
  if (Date.now() - held.mtimeMs > STALE_MS) return true;
  try {
    /** @type {{pid: number, host: string}} */
    const owner = JSON.parse(await readFile(OWNER, 'utf8'));
    return owner.host === hostname() && !isAlive(owner.pid);
  } catch {
    // Between the making of the folder and the writing of its owner.
    return false;
  }
}

/** Shows that the owner of the lock is alive. */
async function touch() {
  const now = new Date();
  // The lock may be gone by then.
  await utimes(LOCK, now, now).catch(() => undefined);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
