import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { loadSchemas } from '../spec/schemas.js';
import type { VolumeJob, VolumeReport } from './volume-job.js';
import { VolumeRunner } from './volume-runner.js';
import type { InProcessSubject } from '../subjects/subject.js';
import type { VolumeWorkerData, VolumeWorkerStart } from './volume-worker.js';
import { WorkerQueue } from './worker-queue.js';

const WORKER_FILE = fileURLToPath(new URL('./volume-worker.js', import.meta.url));

/** Volume leaves hardly any garbage; the usual room for new objects would only be filled before it is cleared. */
const WORKER_LIMITS = { maxYoungGenerationSizeMb: 4 };

/** Told of every report as it comes in, in no particular order. */
export type OnReport = (report: VolumeReport, job: VolumeJob) => void;

/**
 * Carries out jobs of generated cases: in this thread, and in as many worker threads beside it as were asked for. Blocks
 * have their seeds whoever runs them, so the cases and the findings do not depend on the number of threads.
 */
export class VolumePool {
  readonly #own: VolumeRunner;
  readonly #workers: WorkerQueue[] = [];

  /**
   * @param subject - the subject as this thread has it
   * @param data - how the workers open it
   * @param threads - threads in all, this one included; workers need the compiled suite and are left out without it
   */
  constructor(subject: Pick<InProcessSubject, 'run' | 'decide'>, data: VolumeWorkerData, threads: number) {
    this.#own = new VolumeRunner(subject, data.seed);
    const workers = existsSync(WORKER_FILE) ? threads - 1 : 0;
    if (workers === 0) return;
    const recorded = loadRecordedPlans(data.root, loadSchemas(data.root));
    const workerData: VolumeWorkerStart = { ...data, recorded };
    for (let n = 0; n < workers; n++) {
      const worker = new Worker(WORKER_FILE, { workerData, resourceLimits: WORKER_LIMITS });
      this.#workers.push(new WorkerQueue(worker));
    }
  }

  /**
   * Runs every job once; each thread takes the next when it is done with one. Reports come back in the order of the jobs.
   * Rejects when a thread fails.
   */
  async run(jobs: Iterable<VolumeJob>, onReport: OnReport = () => undefined): Promise<VolumeReport[]> {
    const queue = jobs[Symbol.iterator]();
    const reports: VolumeReport[] = [];
    let taken = 0;
    const work = async (execute: (job: VolumeJob) => Promise<VolumeReport>): Promise<void> => {
      for (let next = queue.next(); next.done !== true; next = queue.next()) {
        const place = taken++;
        const report = await execute(next.value);
        reports[place] = report;
        onReport(report, next.value);
      }
    };
    const here = async (job: VolumeJob): Promise<VolumeReport> => {
      // Lets messages of the workers and the progress line through between two jobs.
      await new Promise((resolve) => setImmediate(resolve));
      return this.#own.run(job);
    };
    await Promise.all([
      work(here),
      ...this.#workers.flatMap((worker) => [1, 2].map(() => work((job) => worker.run(job)))),
    ]);
    return reports;
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }
}
