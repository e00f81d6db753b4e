/**
 * What was found out of cases after they were counted. It is taken up between two steps, so that no
 * step takes the changes of another for its own.
 */
export class LateCases {
  readonly #waiting: (() => Promise<void>)[] = [];

  /** @param takeUp counts the case anew */
  add(takeUp: () => Promise<void>): void {
    this.#waiting.push(takeUp);
  }

  /** Takes up all that came so far. */
  async takeUp(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await next();
  }
}
