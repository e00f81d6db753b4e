import fc from 'fast-check';

/**
 * Seeds drawn from fast-check at once; a block's seed depends on the run's seed and its own number
 * alone.
 */
const SEEDS_AT_ONCE = 4096;
/** The first ones are drawn alone: many a run needs no more. */
const FEW_SEEDS = 64;

/**
 * The 32-bit seeds of the blocks of a run. fast-check owns them: one seed of the run gives them
 * all, and block `n` has the same seed however many blocks there are and whichever worker runs it.
 */
export class BlockSeeds {
  #round = -1;
  #seeds: readonly number[] = [];
  #few: readonly number[] | null = null;

  constructor(private readonly seed: number) {}

  /** The seed of block `index`, counted from 0. */
  at(index: number): number {
    if (index < FEW_SEEDS) {
      this.#few ??= this.#drawn(0, FEW_SEEDS);
      return this.#few[index] ?? 0;
    }
    const round = Math.floor(index / SEEDS_AT_ONCE);
    if (round !== this.#round) {
      this.#seeds = this.#drawn(round, SEEDS_AT_ONCE);
      this.#round = round;
    }
    return this.#seeds[index % SEEDS_AT_ONCE] ?? 0;
  }

  /** The first of the seeds of a round; fewer of them are the same ones. */
  #drawn(round: number, count: number): readonly number[] {
    const arbitrary = fc.noShrink(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
    return fc.sample(arbitrary, { seed: (this.seed + round) | 0, numRuns: count });
  }
}
