import { openSync, writeSync } from 'node:fs';
import { likeOf, systemError, type StepPlan } from './step-plan.js';

/** The steps of this process, as far as it came. */
export class Steps {
  readonly #plan: StepPlan;
  readonly #log: number;
  readonly #write = writeSync;
  readonly #counts = new Map<string, number>();
  #isWithin = false;

  constructor(plan: StepPlan) {
    this.#plan = plan;
    this.#log = openSync(plan.log, 'a');
  }

  /** Whether a step is being done: what it does within itself is part of it. */
  get isWithin(): boolean {
    return this.#isWithin;
  }

  /**
   * Counts a step, and tells of it; ends the process where it is to end here.
   *
   * @param kind what is done
   * @param what to which file or process
   * @param before done when the step is not to end well
   * @returns the error with which it has to fail, or null
   */
  take(kind: string, what: string, before: () => void = () => undefined): Error | null {
    const like = likeOf(kind, what);
    const nth = (this.#counts.get(like) ?? 0) + 1;
    this.#counts.set(like, nth);
    const { act, at } = this.#plan;
    const isDue = act !== 'tell' && like === at?.like && nth === at.nth;
    this.#write(this.#log, `${JSON.stringify({ like, nth, what, ...(isDue ? { act } : {}) })}\n`);
    if (!isDue) return null;
    before();
    if (act === 'kill') process.kill(process.pid, 'SIGKILL');
    return act === 'kill' ? null : systemError(act, kind.replace(/Sync.*$/, ''), what);
  }

  /** Does what no part of is a step of its own. */
  within<Result>(act: () => Result): Result {
    this.#isWithin = true;
    try {
      return act();
    } finally {
      this.#isWithin = false;
    }
  }
}
