import { BlockSeeds } from './block-seeds.js';
import { drawCases } from './draw-case.js';
import { firstCases } from './first-cases.js';
import type { GeneratedCase } from './generated-case.js';
import { Random } from './random.js';

/**
 * Cases in a block; a block is what one seed of fast-check makes and what crosses to a subject at
 * once.
 */
export const BLOCK_CASES = 256;

/**
 * `count` cases in blocks: the boundary cases that every run begins with, then drawn ones.
 * fast-check owns the seeds, one for each block. The same seed gives the same cases, and a smaller
 * `count` gives a prefix of them. In place of a block that is not to be made an empty one is given.
 */
export function* generatedBlocks(
  seed: number,
  count: number,
  isMade: (number: number) => boolean = () => true,
): Generator<readonly GeneratedCase[]> {
  let left = count;
  let number = 0;
  const first = firstCases();
  for (let at = 0; at < first.length && left > 0; at += BLOCK_CASES) {
    const block = first.slice(at, at + Math.min(BLOCK_CASES, left));
    left -= block.length;
    number++;
    yield block;
  }
  const seeds = new BlockSeeds(seed);
  for (let index = 0; left > 0; index++) {
    const size = Math.min(BLOCK_CASES, left);
    left -= size;
    yield isMade(number++) ? drawBlock(seeds.at(index), size) : [];
  }
}

/** The cases of one block, from its seed. */
export function drawBlock(blockSeed: number, count: number = BLOCK_CASES): GeneratedCase[] {
  return drawCases(new Random(blockSeed), count);
}
