import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockSeeds } from './block-seeds.js';

describe('the seeds of blocks', () => {
  it('are those that fast-check draws of the seed of the run, however few are asked for', () => {
    const arbitrary = fc.noShrink(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
    for (const seed of [0, 1, -1, 2 ** 31 - 1]) {
      const drawn = fc.sample(arbitrary, { seed, numRuns: 4096 });
      const seeds = new BlockSeeds(seed);
      expect(drawn.map((_, index) => seeds.at(index))).toEqual(drawn);
      expect([70, 3, 63, 64].map((index) => new BlockSeeds(seed).at(index))).toEqual(
        [70, 3, 63, 64].map((index) => drawn[index]),
      );
    }
  });

  it('differ from one round to the next', () => {
    const seeds = new BlockSeeds(5);
    expect(seeds.at(4096)).not.toBe(seeds.at(0));
    expect(seeds.at(0)).toBe(new BlockSeeds(5).at(0));
  });
});
