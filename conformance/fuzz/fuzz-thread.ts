import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { carryOut, type WorkResult } from './carry-out.js';
import type { FuzzWork } from './fuzz-work.js';
import type { FuzzWorkerData, FuzzWorkerMessage } from './fuzz-worker.js';
import { newNotedInput, notedInput } from './noted-input.js';

const WORKER_FILE = fileURLToPath(new URL('./fuzz-worker.js', import.meta.url));

/** Milliseconds behind its time after which a thread is taken to hang at an input. */
const PATIENCE = 60_000;

/**
 * Carries work out in a thread of its own: a reader that never ends is ended there, and the input
 * is known. Without the compiled suite it is this thread.
 */
export async function inThread(work: FuzzWork): Promise<WorkResult> {
  if (!existsSync(WORKER_FILE)) return carryOut(work, () => undefined);
  const noted = newNotedInput();
  const workerData: FuzzWorkerData = { work, noted };
  const worker = new Worker(WORKER_FILE, { workerData });
  const late = new Promise<WorkResult>((resolve) => {
    setTimeout(() => {
      resolve(hung(work, notedInput(noted)));
    }, work.milliseconds + PATIENCE).unref();
  });
  const ended = new Promise<WorkResult>((resolve, reject) => {
    worker.once('message', (result: FuzzWorkerMessage) => {
      resolve(result);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`A thread of ${work.kind} ended with ${code} before its time.`));
    });
  });
  try {
    return await Promise.race([ended, late]);
  } finally {
    worker.removeAllListeners('exit');
    await worker.terminate();
  }
}

function hung(work: FuzzWork, input: Uint8Array): WorkResult {
  const target = work.kind === 'reader' ? work.target : 'program';
  const finding = { target, what: 'the reader in TypeScript does not end', input };
  const tally = { target, how: 'cut short', executions: 0, milliseconds: work.milliseconds + PATIENCE };
  return { tally: { ...tally, fresh: 0, notes: [], findings: [finding] }, kept: [] };
}
