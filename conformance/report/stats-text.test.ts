import { describe, expect, it } from 'vitest';
import { LEAST_SHARE, measureShares, statsText } from './stats-text.js';

describe('the distribution of generated cases', () => {
  it.each([1, 2, 3])('has no class of any area below 0.5 %% (seed %i)', (seed) => {
    const rare = measureShares(seed).shares.filter(({ share }) => share < LEAST_SHARE);
    expect(rare).toEqual([]);
  });

  it('is told class by class', () => {
    const text = statsText(1);
    expect(text).toMatch(/^precedence +bool \/ duplicate +\d+ +\d+\.\d\d %$/m);
    expect(text).toMatch(/^streamable size +2\^53 \+ 1 +\d+$/m);
    expect(text).not.toContain('too rare');
  });
});
