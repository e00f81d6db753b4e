import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { FileError } from './file-error.js';
import { naming } from './named-errors.js';

const LOCK = '.lock';
/** A file of a process that tries to take the lock, with its number. */
const TRYING = /^\.lock\.(\d{1,10})\.[0-9a-f-]{36}$/;
const EXCLUSIVE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Held while a lock is removed that a process left, so that nobody removes one that is new. */
const REMOVAL = '.removal';

/** How often it is tried to take over the lock of a process that is gone, and how long between. */
const TRIES = 20;
const PAUSE_MILLISECONDS = 5;

/**
 * Takes a folder for this process alone, until the function that it gives is called. The lock of a
 * process that is gone is taken over; of several that try, one gets it. What those that were killed
 * while they tried left is removed.
 *
 * @param what what it is taken for, such as `a run`
 * @throws FileError when another process that lives has it.
 */
export function lockFolder(folder: string, what: string): () => void {
  const lock = join(folder, LOCK);
  const mine = join(folder, `${LOCK}.${process.pid}.${randomUUID()}`);
  try {
    writeExclusively(mine, ownerText());
    for (let n = 0; n < TRIES; n++) {
      if (tryLink(mine, lock)) {
        removeTries(folder, lock);
        return () => {
          release(lock);
        };
      }
      if (isHeld(lock)) break;
      if (!removeLeft(lock, mine)) pause();
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const owner = readOwner(lock);
  throw new FileError(
    `${what} of process ${owner?.pid ?? 'unknown'} has the folder ${folder}. Wait for its end, or give another folder.`,
  );
}

/** Removes what processes that are gone left when they tried to take the lock. */
function removeTries(folder: string, lock: string): void {
  const removal = `${lock}${REMOVAL}`;
  if (!isHeld(removal)) rmSync(removal, { force: true });
  for (const name of readdirSync(folder)) {
    const [, pid] = TRYING.exec(name) ?? [];
    if (pid !== undefined && !isAlive({ pid: Number(pid), started: '' }))
      rmSync(join(folder, name), { force: true });
  }
}

/**
 * Removes a lock that a process left. Between a look at it and its removal another process could
 * have taken the folder: so one process at a time removes, and looks once more before.
 *
 * @returns false when another process is at it
 */
function removeLeft(lock: string, mine: string): boolean {
  const removal = `${lock}${REMOVAL}`;
  if (!tryLink(mine, removal)) {
    if (!isHeld(removal)) rmSync(removal, { force: true });
    return false;
  }
  try {
    if (!isHeld(lock)) rmSync(lock, { force: true });
    return true;
  } finally {
    rmSync(removal, { force: true });
  }
}

function isHeld(lock: string): boolean {
  const owner = readOwner(lock);
  return owner !== null && isAlive(owner);
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS);
}

interface Owner {
  readonly pid: number;
  /** When the process started, in the clock ticks of its machine; so that a later one of the same
   * number is not taken for it. Empty where that is not known. */
  readonly started: string;
}

function writeExclusively(file: string, text: string): void {
  const opened = openSync(file, EXCLUSIVE, 0o666);
  try {
    naming(file, () => {
      writeFileSync(opened, text);
    });
  } finally {
    closeSync(opened);
  }
}

/** A link is made in one step, with its content. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function release(lock: string): void {
  const owner = readOwner(lock);
  if (owner?.pid === process.pid) rmSync(lock, { force: true });
}

function ownerText(): string {
  return `${process.pid} ${startOf(process.pid) ?? ''}\n`;
}

function readOwner(lock: string): Owner | null {
  try {
    if (statSync(lock).size > 100) return null;
    const [, pid, started] = /^(\d{1,10}) (\d*)\n$/.exec(readFileSync(lock, 'latin1')) ?? [];
    return pid === undefined ? null : { pid: Number(pid), started: started ?? '' };
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = startOf(pid);
  return started === '' || now === null || now === started;
}

/** When a process started, as /proc tells; null where it does not. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program, in brackets, may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
