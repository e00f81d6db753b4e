import { existsSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';

import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { buildNative } from '../../scripts/build/build-native.mjs';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

const probe = path.join(packagePaths.nativeBuild, 'layer-weights');
const isBuilt = existsSync(path.join(packagePaths.nativeBuild, 'libtrtsim.so'));

describe.skipIf(skippedWithout(isBuilt))('the weights of a layer', () => {
  beforeAll(() => buildNative({ say: () => undefined, targets: ['layer-weights'] }), 240_000);

  async function weights(seed: bigint, layer: number, dim: number): Promise<Uint16Array> {
    const words = [seed.toString(), layer.toString(), dim.toString()];
    const { stdout } = await execa(probe, words, { encoding: 'buffer' });
    return new Uint16Array(stdout.slice().buffer);
  }

  test('are the same everywhere', async () => {
    const first = (await weights(1n, 0, 64)).slice(0, 6);
    expect([...first].map((bits) => bits.toString(16))).toEqual([
      '3360',
      'b262',
      '1200',
      '2a00',
      '30b6',
      '3226',
    ]);
    expect(await weights(1n, 0, 64)).toEqual(await weights(1n, 0, 64));
  });

  test('follow from the seed and the layer', async () => {
    const base = await weights(0n, 0, 16);
    expect(await weights(1n, 0, 16)).not.toEqual(base);
    expect(await weights(2n ** 64n - 1n, 0, 16)).not.toEqual(base);
    expect(await weights(0n, 1, 16)).not.toEqual(base);
  });

  test.each([1, 2, 3, 16, 64, 100, 512, 1024])('keep activations in range at dim %i', async (dim) => {
    const bits = await weights(7n, 3, dim);
    expect(bits).toHaveLength(dim * dim);
    const values = [...bits].map(halfToNumber);
    expect(values.every(Number.isFinite)).toBe(true);
    if (dim < 16) return;
    // 2 / dim keeps the spread through a product and a ReLU; powers of two come within a factor of
    // 2 of it.
    const spread = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    expect(spread * dim).toBeGreaterThan(1);
    expect(spread * dim).toBeLessThan(4);
    expect(new Set(bits).size).toBeGreaterThan(100);
  });
});

/** A float16 as a number. */
function halfToNumber(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
