import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds between two looks at the clock, at most. */
const TICK = 200;

/** Looks in a limit, at least. */
const LEAST_TICKS = 8;

/** How many times its length a tick counts at most: what is longer, this process did not run. */
const MOST_OF_A_TICK = 2;

/**
 * Waits for a subject, as long as a limit says, in time that this process ran itself: while it was
 * stopped, or had no processor, nobody listened. What waits to be read is read before anything is
 * late.
 */
export class Patience {
  #timer: NodeJS.Timeout | null = null;
  #limit = 0;
  #waited = 0;
  #last = 0;
  #tick = TICK;
  #turns = 0;
  #late: () => void = () => undefined;

  /** Begins to wait, anew where it does so already. */
  wait(milliseconds: number, late: () => void): void {
    this.#late = late;
    this.#waited = 0;
    this.#turns++;
    this.#last = performance.now();
    if (this.#timer !== null && this.#limit === milliseconds) return;
    this.stop();
    this.#limit = milliseconds;
    this.#tick = Math.max(1, Math.min(TICK, milliseconds / LEAST_TICKS));
    this.#timer = setInterval(() => {
      this.#look();
    }, this.#tick);
  }

  /** Waits no more. */
  stop(): void {
    this.#turns++;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    const now = performance.now();
    this.#waited += Math.min(now - this.#last, MOST_OF_A_TICK * this.#tick);
    this.#last = now;
    if (this.#waited >= this.#limit) void this.#listenOnce();
  }

  async #listenOnce(): Promise<void> {
    const before = this.#turns;
    // The first of two may end before any pipe was looked at.
    await turn();
    await turn();
    if (this.#turns !== before || this.#timer === null) return;
    this.stop();
    this.#late();
  }
}
