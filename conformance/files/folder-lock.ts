import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { FileError } from './file-error.js';

const LOCK = '.lock';
const EXCLUSIVE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** How often it is tried to take over the lock of a process that is gone. */
const TRIES = 3;

/**
 * Takes a folder for this process alone, until the function that it gives is called. The lock of a
 * process that is gone is taken over.
 *
 * @param what what it is taken for, such as `a run`
 * @throws FileError when another process that lives has it.
 */
export function lockFolder(folder: string, what: string): () => void {
  const lock = join(folder, LOCK);
  const mine = join(folder, `${LOCK}.${randomUUID()}`);
  writeExclusively(mine, ownerText());
  try {
    for (let n = 0; n < TRIES; n++) {
      if (tryLink(mine, lock))
        return () => {
          release(lock);
        };
      const owner = readOwner(lock);
      if (owner !== null && isAlive(owner)) break;
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const owner = readOwner(lock);
  throw new FileError(
    `${what} of process ${owner?.pid ?? 'unknown'} has the folder ${folder}. Wait for its end, or give another folder.`,
  );
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
    writeFileSync(opened, text);
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
