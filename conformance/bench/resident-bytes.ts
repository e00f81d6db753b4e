import { readdirSync, readFileSync } from 'node:fs';

const PAGE = 4096;

/**
 * Bytes of a process and of all that it started, and what they started, that are in memory; 0 for
 * one that is gone. Linux alone.
 */
export function residentBytes(pid: number): number {
  try {
    const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
    return childrenOf(pid).reduce((sum, child) => sum + residentBytes(child), Number(pages) * PAGE);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ESRCH'))
      return 0;
    throw cause;
  }
}

/** The processes that a process started, and those that they started. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** The processes that a process started and that still run. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1')
      .split(' ')
      .filter((child) => child !== '')
      .map(Number),
  );
}
