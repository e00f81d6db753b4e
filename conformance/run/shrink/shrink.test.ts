import { describe, expect, it } from 'vitest';
import { generatedBlocks } from '../../generators/blocks.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { shrink } from './shrink.js';

const DRAWN = [...generatedBlocks(3, 4000)].flat();

describe('shrink', () => {
  it('shrinks what the bulk generator drew', async () => {
    const isLong = ({ engines }: GeneratedCase): boolean =>
      engines.at(-1)?.specs.some(({ value }) => value.zeros > 200) === true;
    const large = DRAWN.find((generated) => generated.engines.length > 2 && isLong(generated));
    expect(large).toBeDefined();
    if (large === undefined) return;
    const small = await shrink(large, (candidate) => Promise.resolve(isLong(candidate)));
    expect(small.engines).toHaveLength(1);
    expect(small.engines[0]?.specs).toHaveLength(1);
    expect(small.engines[0]?.specs[0]?.value).toEqual({ zeros: 201, body: new Uint8Array(0) });
    expect(small.options).toBeNull();
  });

  it('keeps a case that cannot get smaller', async () => {
    const [first] = DRAWN;
    expect(first).toBeDefined();
    if (first === undefined) return;
    expect(await shrink(first, (candidate) => Promise.resolve(candidate === first))).toBe(first);
  });

  it('ends in time with the smallest case so far', async () => {
    const large = DRAWN.find(({ engines }) => engines.length > 4);
    expect(large).toBeDefined();
    if (large === undefined) return;
    const slow = async ({ engines }: GeneratedCase): Promise<boolean> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return engines.length > 1;
    };
    const started = performance.now();
    const small = await shrink(large, slow, 300);
    expect(performance.now() - started).toBeLessThan(1500);
    expect(small.engines.length).toBeGreaterThan(1);
    expect(small.engines.length).toBeLessThan(large.engines.length);
  });
});
