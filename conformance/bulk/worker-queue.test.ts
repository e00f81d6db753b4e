import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { WorkerQueue } from './worker-queue.js';

const JOB = { kind: 'decision', first: 0, count: 1 } as const;

/** A worker that does `code` for each job, in which `answer` gives a report. */
function queueOf(code: string): WorkerQueue {
  const source = `
    const { parentPort } = require('node:worker_threads');
    const answer = (first) => parentPort.postMessage({ cases: first, failed: 0, mismatches: [] });
    parentPort.on('message', ({ first }) => { ${code} });`;
  return new WorkerQueue(new Worker(source, { eval: true }));
}

describe('WorkerQueue', () => {
  it('gives each job its own report', async () => {
    const queue = queueOf('answer(first)');
    const reports = await Promise.all([7, 8, 9].map((first) => queue.run({ ...JOB, first })));
    expect(reports.map(({ cases }) => cases)).toEqual([7, 8, 9]);
    await queue.close();
  });

  it.each([
    ['throws', 'throw new Error("no memory")', /thread of the run failed: no memory/],
    ['ends without an error', 'process.exit(0)', /ended with code 0 before its jobs were done/],
  ])('rejects every job of a worker that %s, and those that follow', async (_, code, message) => {
    const queue = queueOf(`first === 0 ? answer(first) : (() => { ${code} })()`);
    await expect(queue.run(JOB)).resolves.toMatchObject({ cases: 0 });
    const jobs = [1, 2].map((first) => queue.run({ ...JOB, first }));
    const broken = { fault: 'broken', message: expect.stringMatching(message) as unknown };
    for (const job of await Promise.allSettled(jobs)) {
      expect(job).toMatchObject({ status: 'rejected', reason: broken });
    }
    await expect(queue.run(JOB)).rejects.toMatchObject(broken);
  });
});
