import type { CaseBatch } from '../protocol/case-batch.js';
import type { Allowance } from './allowance.js';
import type { SubjectHello } from '../protocol/hello.js';
import { type AnswerOptions, SupervisedProcess } from './supervised-process.js';
import type { Answers } from './answers.js';
import type { ProcessSettings } from './process-settings.js';

/** A subject in as many processes of its own as are asked for; each is started when it is first used. */
export class SubjectPool {
  readonly #workers: SupervisedProcess[] = [];
  readonly #settings: ProcessSettings;

  private constructor(
    settings: ProcessSettings,
    /** How many faults cases may have that have no allowance of their own. */
    readonly allowance: Allowance,
  ) {
    this.#settings = settings;
  }

  /** Starts the first process. Throws SubjectError when the subject is not to be used. */
  static async open(
    settings: ProcessSettings,
    allowance: Allowance,
  ): Promise<{ readonly pool: SubjectPool; readonly hello: SubjectHello }> {
    const pool = new SubjectPool(settings, allowance);
    return { pool, hello: await pool.#worker(0).open() };
  }

  /** As {@link SupervisedProcess.answer}, by the process of that number, from 0. */
  answer(batch: CaseBatch, worker: number, options: AnswerOptions): Promise<Answers> {
    return this.#worker(worker).answer(batch, options);
  }

  /** Lets all processes end; throws SubjectError when one does not end as it should. */
  async close(): Promise<void> {
    const ends = await Promise.allSettled(this.#workers.map((worker) => worker.close()));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  #worker(number: number): SupervisedProcess {
    for (let n = this.#workers.length; n <= number; n++) {
      this.#workers.push(new SupervisedProcess(this.#settings, this.allowance));
    }
    const worker = this.#workers[number];
    if (worker === undefined) throw new Error(`There is no process ${number}.`);
    return worker;
  }
}
