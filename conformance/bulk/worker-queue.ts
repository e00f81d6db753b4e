import type { Worker } from 'node:worker_threads';
import { SubjectError } from '../model/subject-error.js';
import type { BulkJob, BulkReport } from './bulk-job.js';

/** A job that a worker has not answered yet. */
interface Waiting {
  readonly resolve: (report: BulkReport) => void;
  readonly reject: (cause: SubjectError) => void;
}

/**
 * A worker that can have a second job waiting: the thread that gives them may be busy with a job of
 * its own when an answer comes in, and the worker does not wait for it.
 */
export class WorkerQueue {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended: SubjectError | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (report: BulkReport) => this.#waiting.shift()?.resolve(report));
    worker.on('error', (cause: Error) => {
      this.#fail(`failed: ${cause.message}`, cause);
    });
    // It may also end without an error, such as by the exit() of something that it has loaded.
    worker.on('exit', (code) => {
      this.#fail(`ended with code ${code} before its jobs were done`);
    });
  }

  /**
   * The report of a job; jobs are done in the order in which they come. Rejects with SubjectError
   * when the worker fails or ends.
   */
  run(job: BulkJob): Promise<BulkReport> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(job);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(what: string, cause?: Error): void {
    this.#ended ??= new SubjectError(
      'broken',
      `A thread of the run ${what}. Run it with --jobs 1, which has no threads of its own.`,
      { cause },
    );
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}
