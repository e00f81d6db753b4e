import fc from 'fast-check';
import { BLOCK_CASES } from './blocks.js';
import { caseArbitrary } from './case-arbitrary.js';
import type { GeneratedCase } from './generated-case.js';

/**
 * `count` cases of the fast-check arbitraries in blocks: slower than the fast generator and made
 * independently of it, so that a blind spot of one shows in the other. The same seed gives the same
 * cases. In place of a block that is not to be made an empty one is given.
 */
export function* arbitraryBlocks(
  seed: number,
  count: number,
  isMade: (number: number) => boolean = () => true,
): Generator<readonly GeneratedCase[]> {
  const arbitrary = fc.noShrink(caseArbitrary());
  for (let left = count, block = 0; left > 0; left -= BLOCK_CASES, block++) {
    const numRuns = Math.min(BLOCK_CASES, left);
    yield isMade(block) ? fc.sample(arbitrary, { seed: (seed + block) | 0, numRuns }) : [];
  }
}
