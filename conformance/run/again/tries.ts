/** Counts tries, and says when they are to end: they are bounded in time. */
export class Tries {
  readonly #ends: number;
  #made = 0;

  /** @param milliseconds how long tries may be begun from now on */
  constructor(milliseconds: number) {
    this.#ends = performance.now() + milliseconds;
  }

  /** How many were made. */
  get made(): number {
    return this.#made;
  }

  /** Whether no further one is to be begun. */
  areOver(): boolean {
    return performance.now() >= this.#ends;
  }

  /** Makes one. */
  make<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#made++;
    return work();
  }
}
