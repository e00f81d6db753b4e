import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What ends the process from outside. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A temporary folder for engines of hundreds of megabytes: none may stay behind. */
export interface ScratchFolder {
  readonly path: string;
  /** Removes it, with all that is in it. */
  readonly remove: () => void;
}

/**
 * Makes a folder whose name begins with `prefix` where the system keeps temporary files. It goes as
 * well when a signal ends the process.
 */
export function scratchFolder(prefix: string): ScratchFolder {
  let path: string | null = null;
  const remove = (): void => {
    for (const signal of SIGNALS) process.off(signal, end);
    if (path !== null) rmSync(path, { recursive: true, force: true });
  };
  const end = (signal: NodeJS.Signals): void => {
    remove();
    // What the signal would have done without this listener; others that still listen are told
    // again.
    process.kill(process.pid, signal);
  };
  // Before there is a folder: a signal that comes while it is made is heard once it is there.
  for (const signal of SIGNALS) process.on(signal, end);
  path = mkdtempSync(join(tmpdir(), prefix));
  return { path, remove };
}
