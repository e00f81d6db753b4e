import { describe, expect, it } from 'vitest';
import { fittedBudget, tensorRtsBudget, type EngineMemory } from './automatic-budget.js';
import { CONTEXT_MARGIN } from './fitting-budget.js';

const SIZES = { streamable: 1000n, activations: 10n, scratch: 200n };
const BESIDE = SIZES.activations + CONTEXT_MARGIN;

interface Fixture {
  readonly answers?: boolean[];
  readonly streamable?: bigint;
  readonly activations?: bigint;
  readonly scratch?: bigint;
}

/** What the rule gives until it ends, and the calls that it makes: a number is a set. */
function fit(free: bigint | null, { answers = [], ...sizes }: Fixture = {}): [bigint[], (bigint | string)[]] {
  const { streamable, activations, scratch } = { ...SIZES, ...sizes };
  const calls: (bigint | string)[] = [];
  const engine = {
    getStreamableWeightsSize: () => streamable,
    getWeightStreamingAutomaticBudget: () => {
      calls.push('automatic');
      return 512n;
    },
    setWeightStreamingBudgetV2: (budget: bigint) => {
      calls.push(budget);
      return answers.shift() ?? true;
    },
  };
  const streams = (): boolean => typeof calls.at(-1) === 'bigint' && calls.at(-1) !== streamable;
  const memory: EngineMemory | null =
    free === null
      ? null
      : {
          freeBytes: free,
          getDeviceMemorySizeV2: () => activations + (streams() ? scratch : 0n),
          getWeightStreamingScratchMemorySize: () => (streams() ? scratch : 0n),
        };
  return [[...{ [Symbol.iterator]: () => fittedBudget(engine, memory) }], calls];
}

describe('fittedBudget', () => {
  it('keeps everything resident when that fits, to the byte (WSB-AUTO-02)', () => {
    expect(fit(BESIDE + 1000n)[1][0]).toBe(1000n);
    expect(fit(BESIDE + 999n)[1][0]).toBe(0n);
  });

  it.each([
    [BESIDE + 200n + 700n, 700n],
    [BESIDE + 200n + 1n, 1n],
    [BESIDE + 999n, 799n],
  ])('of %s bytes leaves room for scratch, activations and margin: %s (WSB-AUTO-03)', (free, budget) => {
    expect(fit(free)[0][0]).toBe(budget);
    expect(fit(free)[1].slice(0, 2)).toEqual([0n, budget]);
  });

  it.each([0n, 1n, BESIDE, BESIDE + 200n])('of %s bytes streams everything, set once', (free) => {
    expect(fit(free)).toEqual([[0n], [0n]]);
  });

  it('keeps the budget below the streamable size, however small the scratch', () => {
    expect(fit(BESIDE + 999n, { scratch: 0n })[0][0]).toBe(999n);
    expect(fit(BESIDE + 999n, { scratch: -5n })[0][0]).toBe(999n);
    expect(fit(CONTEXT_MARGIN + 999n, { activations: -1n, scratch: 0n })[0][0]).toBe(999n);
  });

  it('goes down from all to a part, half of it and nothing while no context can be made (WSB-AUTO-04)', () => {
    const free = BESIDE + 1000n;
    expect(fit(free)).toEqual([
      [1000n, 800n, 400n, 0n],
      [1000n, 0n, 800n, 400n, 0n],
    ]);
    // With no scratch there is room for all again, but not a step further up.
    expect(fit(free, { scratch: 0n })[0]).toEqual([1000n, 999n, 499n, 0n]);
    expect(fit(BESIDE + 201n)).toEqual([
      [1n, 0n],
      [0n, 1n, 0n],
    ]);
  });

  it('takes a refusal of TensorRT for a context that cannot be made', () => {
    const free = BESIDE + 1000n;
    expect(fit(free, { answers: [false] })[0]).toEqual([800n, 400n, 0n]);
    expect(fit(free, { answers: [false, false] })).toEqual([[], [1000n, 0n]]);
    expect(fit(BESIDE + 900n, { answers: [true, false] })).toEqual([
      [350n, 0n],
      [0n, 700n, 350n, 0n],
    ]);
    // The 0 that was set first still holds.
    expect(fit(BESIDE + 900n, { answers: [true, false, false] })).toEqual([[0n], [0n, 700n, 350n]]);
    expect(fit(BESIDE + 900n, { answers: [true, true, false, false] })).toEqual([
      [700n],
      [0n, 700n, 350n, 0n],
    ]);
  });

  it('leaves the choice to TensorRT when nobody knows what is free (WSB-AUTO-06)', () => {
    expect(fit(null)).toEqual([[512n], ['automatic', 512n]]);
    expect(fit(null, { answers: [false] })).toEqual([[0n], ['automatic', 512n, 0n]]);
    expect(fit(null, { answers: [false, false] })).toEqual([[], ['automatic', 512n, 0n]]);
  });
});

describe('tensorRtsBudget', () => {
  it('gives one budget: no other follows when its context does not fit', () => {
    const engine = {
      getStreamableWeightsSize: () => 1000n,
      getWeightStreamingAutomaticBudget: () => 512n,
      setWeightStreamingBudgetV2: () => true,
    };
    expect([...tensorRtsBudget(engine)]).toEqual([512n]);
  });
});
