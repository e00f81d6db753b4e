import { describe, expect, it } from 'vitest';
import { generatedBlocks } from './blocks.js';
import { tensorIo } from './tensor-ios.js';

describe('tensorIo', () => {
  it('gives tensors to some pairs of sizes, and to the same ones always', () => {
    const sizes = Array.from({ length: 1000 }, (_, at) => BigInt(at));
    const found = sizes.filter((size) => tensorIo(size, 512n) !== null);
    expect(found.length).toBeGreaterThan(80);
    expect(found.length).toBeLessThan(200);
    expect(tensorIo(2n ** 63n - 1n, -1n)).toBe(tensorIo(2n ** 63n - 1n, -1n));
  });

  it('has drawn cases execute with tensors of many kinds', () => {
    const cases = [...generatedBlocks(1, 4000)].flat();
    const executed = cases
      .filter(({ script, sequence }) => script === 'execute' && sequence === null)
      .flatMap(({ engines }) => engines.flatMap(({ io }) => (io === null ? [] : [io])));
    expect(executed.length).toBeGreaterThan(400);
    expect(new Set(executed).size).toBeGreaterThan(8);
  });
});
