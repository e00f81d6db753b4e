/** How long a run went on, over all the processes that it took; in milliseconds. */
export class RunClock {
  readonly #now: () => number;
  readonly #started: number;
  #before = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#started = now();
  }

  elapsed(): number {
    return this.#before + this.#now() - this.#started;
  }

  /** Takes over the time of an earlier run, which had gone on for so long; it never goes back. */
  advance(elapsed: number): void {
    this.#before += Math.max(0, elapsed - this.elapsed());
  }
}
