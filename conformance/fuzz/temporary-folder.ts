import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll } from '../process/live-processes.js';

/** Signals by which a user ends a command. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Gives `work` a folder of its own, which is removed behind it, and where a signal ends it. */
export async function inTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'trt-fuzz-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    for (const each of SIGNALS) process.off(each, onSignal);
    // Whoever writes there goes first.
    endAll();
    remove();
    // What it would have done without this listener.
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    await work(folder);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    remove();
  }
}
