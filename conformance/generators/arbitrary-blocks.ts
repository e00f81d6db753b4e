import fc from 'fast-check';
import { BLOCK_CASES } from './blocks.js';
import { caseArbitrary } from './case-arbitrary.js';
import type { GeneratedCase } from './generated-case.js';

/**
 * `count` cases of the fast-check arbitraries in blocks: slower than the fast generator and made
 * independently of it, so that a blind spot of one shows in the other. The same seed gives the same
 * cases.
 */
export function* arbitraryBlocks(seed: number, count: number): Generator<readonly GeneratedCase[]> {
  const arbitrary = fc.noShrink(caseArbitrary());
  for (let left = count, block = 0; left > 0; left -= BLOCK_CASES, block++) {
    yield fc.sample(arbitrary, { seed: (seed + block) | 0, numRuns: Math.min(BLOCK_CASES, left) });
  }
}
