import { describe, expect, it } from 'vitest';
import { growthOf, type MemorySample } from './growth.js';

const along = (count: number, bytes: (cases: number) => number): MemorySample[] =>
  Array.from({ length: count }, (_, n) => ({ cases: n * 1000, bytes: bytes(n * 1000) }));

describe('growthOf', () => {
  it('is nothing for memory that stays, and what is kept of each case for memory that grows', () => {
    expect(growthOf(along(20, () => 5e7))).toBe(0);
    expect(growthOf(along(20, (cases) => 5e7 + 8 * cases))).toBe(8);
    expect(growthOf(along(5, (cases) => 5e7 - cases))).toBe(-1);
  });

  it('is not moved by a few samples that are out of line', () => {
    const saw = along(40, (cases) => 5e7 + (cases % 7000) * 100);
    expect(Math.abs(growthOf(saw))).toBeLessThan(20);
    const peaks = along(40, (cases) => 5e7 + 8 * cases + (cases === 9000 || cases === 30_000 ? 1e8 : 0));
    expect(growthOf(peaks)).toBeCloseTo(8, 0);
  });

  it('is not told of too few samples', () => {
    expect(() => growthOf(along(2, () => 1))).toThrow('too few samples');
    expect(() =>
      growthOf(
        along(1, () => 1).concat(
          along(1, () => 2),
          along(1, () => 3),
        ),
      ),
    ).toThrow();
  });
});
