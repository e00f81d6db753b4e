import { describe, expect, it } from 'vitest';
import { fittedBudget, tensorRtsBudget, type EngineMemory } from './automatic-budget.js';
import { CONTEXT_MARGIN, FIRST_STEP_DOWN, RESIDENT_MARGIN } from './fitting-budget.js';

const ALL = 2n ** 26n;
const SIZES = { streamable: ALL, activations: 10n, scratch: 200n };
const RESIDENT = ALL + SIZES.activations + RESIDENT_MARGIN;
const BESIDE = SIZES.activations + CONTEXT_MARGIN;
const STREAMED = BESIDE + SIZES.scratch;

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
    expect(fit(RESIDENT)[1][0]).toBe(ALL);
    expect(fit(RESIDENT - 1n)[1][0]).toBe(0n);
  });

  it.each([
    [STREAMED + 700n, 700n],
    [STREAMED + 1n, 1n],
    [RESIDENT - 1n, RESIDENT - 1n - STREAMED],
  ])('of %s bytes leaves room for scratch, activations and margin: %s (WSB-AUTO-03)', (free, budget) => {
    expect(fit(free)[0][0]).toBe(budget);
    expect(fit(free)[1].slice(0, 2)).toEqual([0n, budget]);
  });

  it.each([0n, 1n, BESIDE, STREAMED])('of %s bytes streams everything, set once', (free) => {
    expect(fit(free)).toEqual([[0n], [0n]]);
  });

  it('keeps the budget below the streamable size, however small the scratch', () => {
    const most = (free: bigint): bigint | undefined => fit(free, { answers: [false], scratch: 0n })[0][0];
    expect(most(BESIDE + ALL)).toBe(ALL - 1n);
    expect(most(BESIDE + ALL - 1n)).toBe(ALL - 1n);
    expect(most(BESIDE + ALL - 2n)).toBe(ALL - 2n);
  });

  it('counts a negative size for nothing', () => {
    expect(fit(BESIDE + 999n, { scratch: -5n })[0][0]).toBe(999n);
    expect(fit(CONTEXT_MARGIN + 999n, { activations: -1n, scratch: 0n })[0][0]).toBe(999n);
  });

  it('goes down from all to a part, in growing steps to nothing while no context can be made (WSB-AUTO-04)', () => {
    const part = RESIDENT - STREAMED;
    const parts = [0n, 1n, 3n, 7n].map((steps) => part - steps * FIRST_STEP_DOWN);
    expect(fit(RESIDENT)).toEqual([
      [ALL, ...parts, 0n],
      [ALL, 0n, ...parts, 0n],
    ]);
    const step = FIRST_STEP_DOWN;
    expect(fit(STREAMED + step + 1n)[0]).toEqual([step + 1n, 1n, 0n]);
    expect(fit(STREAMED + step)[0]).toEqual([step, 0n]);
    expect(fit(STREAMED + 1n)).toEqual([
      [1n, 0n],
      [0n, 1n, 0n],
    ]);
  });

  it('takes a refusal of TensorRT for a context that cannot be made', () => {
    const part = RESIDENT - STREAMED;
    expect(fit(RESIDENT, { answers: [false] })[0].slice(0, 2)).toEqual([part, part - FIRST_STEP_DOWN]);
    expect(fit(RESIDENT, { answers: [false, false] })).toEqual([[], [ALL, 0n]]);
    const free = STREAMED + FIRST_STEP_DOWN + 700n;
    const [most, less] = [FIRST_STEP_DOWN + 700n, 700n];
    expect(fit(free, { answers: [true, false] })).toEqual([
      [less, 0n],
      [0n, most, less, 0n],
    ]);
    // The 0 that was set first still holds.
    expect(fit(free, { answers: [true, false, false] })).toEqual([[0n], [0n, most, less]]);
    expect(fit(free, { answers: [true, true, false, false] })).toEqual([[most], [0n, most, less, 0n]]);
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
