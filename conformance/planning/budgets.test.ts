import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUDGET_KEY,
  encodeBlob,
  encodePlan,
  runReference,
  scriptedPlan,
  writeProgram,
  type Outcome,
} from '../../reference/index.js';
import { bestBudgets } from './best-budgets.js';
import { engineNeed, leastNeed, streamedBytes, sumOf, type EngineLoad } from './engine-need.js';
import { fittingRanges, largestOne, needOfOne } from './one-budget.js';

const MIB = 2n ** 20n;
const size = fc.oneof(
  fc.bigInt(0n, 64n * MIB),
  fc.bigInt(0n, 8n).map((n) => n * 8n * MIB),
);
const engine = (runs: fc.Arbitrary<bigint> = fc.constant(1n)): fc.Arbitrary<EngineLoad> =>
  fc.record({
    streamable: size,
    scratch: fc.oneof(fc.constant(0n), fc.bigInt(0n, 32n * MIB)),
    activations: fc.bigInt(0n, 16n * MIB),
    fixed: fc.oneof({ arbitrary: fc.constant(0n), weight: 4 }, fc.bigInt(0n, 16n * MIB)),
    runs,
  });
const engines = fc.array(engine(), { minLength: 1, maxLength: 6 });
const room = fc.bigInt(0n, 600n * MIB);
const BYTES = fc.bigInt(0n, 70n * MIB);

describe('one budget for all engines', () => {
  it('fits exactly where it is said to', () => {
    fc.assert(
      fc.property(engines, room, BYTES, (all, bytes, budget) => {
        const ranges = fittingRanges(all, bytes);
        const ends = ranges.flatMap(({ from, to }) => [from - 1n, from, to ?? from, (to ?? from) + 1n]);
        for (const tried of [budget, ...ends].filter((one) => one >= 0n)) {
          const isIn = ranges.some(({ from, to }) => tried >= from && (to === null || tried <= to));
          expect([tried, isIn]).toEqual([tried, needOfOne(all, tried) <= bytes]);
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('is the largest that fits, or the one with which nothing is streamed', () => {
    fc.assert(
      fc.property(engines, room, BYTES, (all, bytes, larger) => {
        const largest = largestOne(all, bytes);
        if (largest === null) {
          expect(needOfOne(all, larger)).toBeGreaterThan(bytes);
          return;
        }
        expect(needOfOne(all, largest)).toBeLessThanOrEqual(bytes);
        const streams = all.some(({ streamable }) => streamable > largest);
        if (!streams) return;
        expect(needOfOne(all, largest + 1n)).toBeGreaterThan(bytes);
        expect(needOfOne(all, largest + 1n + larger)).toBeGreaterThan(bytes);
      }),
      { numRuns: 2000, seed: 2 },
    );
  });

  it('has gaps where resident engines need less than streaming ones', () => {
    const one = { streamable: 100n * MIB, scratch: 50n * MIB, activations: MIB, fixed: 0n, runs: 1n };
    const ranges = fittingRanges([one], 111n * MIB);
    expect(ranges).toEqual([
      { from: 0n, to: 50n * MIB },
      { from: 100n * MIB, to: null },
    ]);
  });

  it('keeps ranges that touch as one', () => {
    const small = { streamable: 5n, scratch: 0n, activations: 0n, fixed: 0n, runs: 1n };
    expect(fittingRanges([small, { ...small, streamable: 9n }], 100n * MIB)).toEqual([
      { from: 0n, to: null },
    ]);
    expect(fittingRanges([{ ...small, streamable: 0n }], 10n * MIB - 1n)).toEqual([]);
  });
});

/** The fewest bytes that any choice of resident engines streams, found by trying all of them. */
function fewestByTrying(all: readonly EngineLoad[], bytes: bigint): bigint | null {
  let fewest: bigint | null = null;
  for (let chosen = 0; chosen < 2 ** all.length; chosen++) {
    const budgets = all.map(({ streamable }, at) => ((chosen >> at) & 1 ? streamable : 0n));
    let left = bytes - all.reduce((sum, one, at) => sum + engineNeed(one, budgets[at] ?? 0n), 0n);
    if (left < 0n) continue;
    const order = all.map((one, at) => ({ one, at })).sort((a, b) => Number(b.one.runs - a.one.runs));
    for (const { one, at } of order) {
      if ((budgets[at] ?? 0n) >= one.streamable) continue;
      const more = left < one.streamable - 1n ? left : one.streamable - 1n;
      budgets[at] = more;
      left -= more;
    }
    const streamed = all.reduce((sum, one, at) => sum + one.runs * streamedBytes(one, budgets[at] ?? 0n), 0n);
    if (fewest === null || streamed < fewest) fewest = streamed;
  }
  return fewest;
}

describe('a budget for each engine', () => {
  const several = fc.array(engine(fc.bigInt(0n, 5n)), { minLength: 1, maxLength: 7 });

  it('never needs more than there is, and streams the fewest bytes that can be', () => {
    fc.assert(
      fc.property(several, room, (all, bytes) => {
        const best = bestBudgets(all, bytes);
        expect(best?.streamed ?? null).toEqual(fewestByTrying(all, bytes));
        if (best === null) return;
        expect(best.proven).toBe(true);
        expect(best.need).toBeLessThanOrEqual(bytes);
        expect(best.need).toBe(
          all.reduce((sum, one, at) => sum + engineNeed(one, best.budgets[at] ?? 0n), 0n),
        );
      }),
      { numRuns: 1500, seed: 3 },
    );
  });

  it('is maximal: one more byte for any engine that streams does not fit', () => {
    fc.assert(
      fc.property(engines, room, (all, bytes) => {
        const best = bestBudgets(all, bytes);
        for (const [at, one] of (best === null ? [] : all).entries()) {
          const budget = best?.budgets[at] ?? 0n;
          if (budget >= one.streamable || budget === one.streamable - 1n) continue;
          const more = engineNeed(one, budget + 1n) - engineNeed(one, budget);
          expect((best?.need ?? 0n) + more).toBeGreaterThan(bytes);
        }
      }),
      { numRuns: 1000, seed: 4 },
    );
  });

  it('streams no more than one budget for all does, and fits wherever that does', () => {
    fc.assert(
      fc.property(engines, room, (all, bytes) => {
        const one = largestOne(all, bytes);
        if (one === null) return;
        const streamed = sumOf(all, (each) => streamedBytes(each, one));
        expect(bestBudgets(all, bytes)?.streamed).toBeLessThanOrEqual(streamed);
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  it('fits wherever the least that each engine needs does', () => {
    fc.assert(
      fc.property(engines, room, (all, bytes) => {
        expect(bestBudgets(all, bytes) !== null).toBe(sumOf(all, leastNeed) <= bytes);
      }),
      { numRuns: 1000, seed: 6 },
    );
  });

  it('is proven to be the best for 24 engines of any sizes', () => {
    const many = fc.array(engine(fc.bigInt(1n, 7n)), { minLength: 24, maxLength: 24, size: 'max' });
    fc.assert(
      fc.property(many, fc.integer({ min: 0, max: 100 }), (all, percent) => {
        const [least, whole] = [sumOf(all, leastNeed), sumOf(all, (one) => engineNeed(one, one.streamable))];
        const bytes = least + ((whole - least) * BigInt(percent)) / 100n;
        expect(bestBudgets(all, bytes)?.proven).toBe(true);
      }),
      { numRuns: 40, seed: 8 },
    );
  });

  it('is found for any number of engines', () => {
    const all = Array.from({ length: 3000 }, (_, at) => ({
      ...{ scratch: MIB, activations: MIB, fixed: 0n, runs: 1n },
      streamable: BigInt(20 + (at % 50)) * MIB,
    }));
    const bytes = 70_000n * MIB;
    const best = bestBudgets(all, bytes);
    expect(best?.proven).toBe(false);
    expect(best?.need).toBeLessThanOrEqual(bytes);
    expect((best?.need ?? 0n) + MIB).toBeGreaterThan(bytes);
    const like = all.slice(0, 60).map((one) => ({ ...one, streamable: 100n * MIB }));
    expect(bestBudgets(like, 3_000n * MIB)?.proven).toBe(true);
  });
});

/**
 * What becomes of a program of modelled engines with these budgets on a device with so much free.
 */
function load(all: readonly EngineLoad[], budgets: readonly bigint[], free: bigint): Outcome {
  const delegates = all.map(({ streamable, scratch, activations }, at) => ({
    backend: 'TensorRTBackend',
    placement: 'segment' as const,
    data: encodeBlob({
      metadata: {},
      engine: encodePlan(scriptedPlan({ kind: 'modelled', streamable, scratch, activations })),
    }),
    compileSpecs: [{ key: BUDGET_KEY, value: Buffer.from(String(budgets[at] ?? 0n)) }],
  }));
  return runReference({
    program: writeProgram({ methods: [{ name: 'forward', delegates }] }),
    verification: 'minimal',
    device: { totalBytes: 2n ** 40n, freeBytes: free, faults: [] },
    module: null,
    steps: [{ op: 'load', method: 'forward', options: null }],
  });
}

describe('what is planned', () => {
  it('loads on a device with so much free memory, with one budget and with one for each', () => {
    fc.assert(
      fc.property(engines, room, (given, bytes) => {
        const all = given.map((one) => ({ ...one, fixed: 0n }));
        const one = largestOne(all, bytes);
        const best = bestBudgets(all, bytes);
        for (const budgets of [one === null ? null : all.map(() => one), best?.budgets ?? null]) {
          if (budgets !== null) expect(load(all, budgets, bytes).steps[0]?.kind).toBe('ok');
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
