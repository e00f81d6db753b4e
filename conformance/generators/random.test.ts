import { describe, expect, it } from 'vitest';
import { Random } from './random.js';

describe('Random', () => {
  it('gives the same numbers for the same seed on every machine', () => {
    const random = new Random(1);
    expect([random.next(), random.next(), random.next()]).toEqual(numbers(1, 3));
    expect(numbers(1, 3)).toMatchInlineSnapshot(`
      [
        393288148,
        2174103013,
        3814759091,
      ]
    `);
    expect(numbers(2, 3)).not.toEqual(numbers(1, 3));
  });

  it('is even enough', () => {
    const random = new Random(7);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < 100_000; n++) {
      const drawn = random.below(10);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('stays below its limit and within its list', () => {
    const random = new Random(3);
    for (let n = 0; n < 10_000; n++) {
      expect(random.below(3)).toBeLessThan(3);
      expect(['a', 'b']).toContain(random.pick(['a', 'b']));
    }
  });

  it('chances are what they say', () => {
    const random = new Random(9);
    const hits = Array.from({ length: 50_000 }, () => random.chance(25)).filter(Boolean).length;
    expect(hits / 50_000).toBeCloseTo(0.25, 1);
  });
});

function numbers(seed: number, count: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.next());
}
