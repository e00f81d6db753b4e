import fc from 'fast-check';

/**
 * Seeds drawn from fast-check at once; a block's seed depends on the run's seed and its own number
 * alone.
 */
const SEEDS_AT_ONCE = 4096;

/**
 * The 32-bit seeds of the blocks of a run. fast-check owns them: one seed of the run gives them
 * all, and block `n` has the same seed however many blocks there are and whichever worker runs it.
 */
export class BlockSeeds {
  #round = -1;
  #seeds: readonly number[] = [];

  constructor(private readonly seed: number) {}

  /** The seed of block `index`, counted from 0. */
  at(index: number): number {
    const round = Math.floor(index / SEEDS_AT_ONCE);
    if (round !== this.#round) {
      const arbitrary = fc.noShrink(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
      this.#seeds = fc.sample(arbitrary, { seed: (this.seed + round) | 0, numRuns: SEEDS_AT_ONCE });
      this.#round = round;
    }
    return this.#seeds[index % SEEDS_AT_ONCE] ?? 0;
  }
}
