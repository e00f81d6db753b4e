import { parentPort, workerData } from 'node:worker_threads';
import type { Policy } from '../../reference/index.js';
import type { RecordedPlan } from '../oracle/recorded.js';
import { openSubject } from '../subjects/open-subject.js';
import type { BulkJob } from './bulk-job.js';
import { BulkRunner } from './bulk-runner.js';

/**
 * What a worker is started with: which subject to open, where the suite lies, and the seed of the
 * run.
 */
export interface BulkWorkerData {
  readonly subject: string;
  readonly root: string;
  readonly version: string;
  readonly seed: number;
  readonly policy?: Policy | undefined;
}

/** What the pool adds to that, so that a worker needs no schemas. */
export interface BulkWorkerStart extends BulkWorkerData {
  readonly recorded: readonly RecordedPlan[];
}

if (parentPort === null) throw new Error('bulk-worker is started as a worker thread by BulkThreads.');
const port = parentPort;
const { subject: name, root, version, seed, policy, recorded } = workerData as BulkWorkerStart;
const { subject } = await openSubject(name, root, version, {
  recorded,
  ...(policy === undefined ? {} : { policy }),
});
if (subject.kind === 'out-of-process') throw new Error(`${name} cannot run in a worker thread.`);
const runner = new BulkRunner(subject, seed);
port.on('message', (job: BulkJob) => {
  port.postMessage(runner.run(job));
});
