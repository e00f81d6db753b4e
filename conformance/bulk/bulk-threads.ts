import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { loadSchemas } from '../spec/schemas.js';
import type { BulkExecutor, BulkJob, BulkReport, OnReport } from './bulk-job.js';
import { BulkRunner } from './bulk-runner.js';
import type { InProcessSubject } from '../subjects/subject.js';
import type { BulkWorkerData, BulkWorkerStart } from './bulk-worker.js';
import { WorkerQueue } from './worker-queue.js';

const WORKER_FILE = fileURLToPath(new URL('./bulk-worker.js', import.meta.url));

/**
 * Cases in bulk leave hardly any garbage; the usual room for new objects would only be filled
 * before it is cleared.
 */
const WORKER_LIMITS = { maxYoungGenerationSizeMb: 4 };

/**
 * Carries out jobs of generated cases: in this thread, and in as many worker threads beside it as
 * were asked for. Blocks have their seeds whoever runs them, so the cases and the findings do not
 * depend on the number of threads.
 */
export class BulkThreads implements BulkExecutor {
  readonly #own: BulkRunner;
  readonly #workers: WorkerQueue[] = [];

  /**
   * @param subject - the subject as this thread has it
   * @param data - how the workers open it
   * @param threads - threads in all, this one included; workers need the compiled suite and are
   * left out without it
   */
  constructor(subject: Pick<InProcessSubject, 'run' | 'decide'>, data: BulkWorkerData, threads: number) {
    this.#own = new BulkRunner(subject, data.seed);
    const workers = existsSync(WORKER_FILE) ? threads - 1 : 0;
    if (workers === 0) return;
    const recorded = loadRecordedPlans(data.root, loadSchemas(data.root));
    const workerData: BulkWorkerStart = { ...data, recorded };
    for (let n = 0; n < workers; n++) {
      const worker = new Worker(WORKER_FILE, { workerData, resourceLimits: WORKER_LIMITS });
      this.#workers.push(new WorkerQueue(worker));
    }
  }

  /**
   * Runs every job once; each thread takes the next when it is done with one. They are told of in
   * no particular order, and nothing of them is kept: a run may have any number of them. Rejects
   * when a thread fails.
   */
  async run(jobs: Iterable<BulkJob>, onReport: OnReport = () => undefined): Promise<void> {
    const queue = jobs[Symbol.iterator]();
    const work = async (execute: (job: BulkJob) => Promise<BulkReport>): Promise<void> => {
      for (let next = queue.next(); next.done !== true; next = queue.next()) {
        onReport(await execute(next.value), next.value);
      }
    };
    const here = async (job: BulkJob): Promise<BulkReport> => {
      // Lets messages of the workers and the progress line through between two jobs.
      await new Promise((resolve) => setImmediate(resolve));
      return this.#own.run(job);
    };
    await Promise.all([
      work(here),
      ...this.#workers.flatMap((worker) => [1, 2].map(() => work((job) => worker.run(job)))),
    ]);
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }
}
