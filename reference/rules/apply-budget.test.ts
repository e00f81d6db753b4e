import { describe, expect, it } from 'vitest';
import { applyBudget, type AcceptedChoice, type Application } from './apply-budget.js';
import type { BudgetEngine } from './budget-engine.js';
import { RESIDENT_MARGIN } from './fitting-budget.js';

/** An engine that answers sets in order, and notes what it was asked. */
function apply(
  choice: AcceptedChoice,
  streamable: bigint,
  answers: boolean[],
  automatic = 512n,
): { application: Application; calls: (bigint | 'automatic')[] } {
  const calls: (bigint | 'automatic')[] = [];
  const engine: BudgetEngine = {
    getStreamableWeightsSize: () => streamable,
    getWeightStreamingAutomaticBudget: () => {
      calls.push('automatic');
      return automatic;
    },
    setWeightStreamingBudgetV2: (budget) => {
      calls.push(budget);
      return answers.shift() ?? false;
    },
  };
  return { application: applyBudget(choice, engine), calls };
}

const explicit = (budget: bigint): AcceptedChoice => ({
  kind: 'explicit',
  source: 'option',
  budget,
  ignoredOption: false,
});
const automatic: AcceptedChoice = { kind: 'automatic', ignoredOption: false };

describe('applyBudget with an explicit budget', () => {
  it.each([
    [0n, 0n],
    [1023n, 1023n],
    [1024n, 1024n],
    [1025n, 1024n],
    [2n ** 63n - 1n, 1024n],
  ])('sets the smaller of %s and 1024, once (WSB-APPLY-01, 02, 13, 14)', (requested, budget) => {
    expect(apply(explicit(requested), 1024n, [true, true])).toEqual({
      application: { kind: 'applied', source: 'option', budget },
      calls: [budget],
    });
  });

  it('does not try again after a refusal (WSB-APPLY-03)', () => {
    expect(apply(explicit(5n), 1024n, [false, true])).toEqual({
      application: { kind: 'refused', source: 'option', clause: 'WSB-APPLY-03' },
      calls: [5n],
    });
  });

  it.each([0n, -1n])(
    'makes no call on an engine with %s streamable bytes (WSB-APPLY-07, WSB-APPLY-16)',
    (streamable) => {
      expect(apply(explicit(5n), streamable, [true])).toEqual({
        application: { kind: 'skipped', ignoredBudget: true },
        calls: [],
      });
    },
  );
});

describe('applyBudget with an explicit budget that keeps everything resident', () => {
  const memory = {
    freeBytes: 5000n,
    getDeviceMemorySizeV2: () => 10n,
    getWeightStreamingScratchMemorySize: () => 0n,
  };
  const engine = (calls: (bigint | string)[]): BudgetEngine => ({
    getStreamableWeightsSize: () => 1024n,
    getWeightStreamingAutomaticBudget: () => 512n,
    setWeightStreamingBudgetV2: (budget) => calls.push(budget) > 0,
  });

  it.each([
    [1024n, [`room ${1034n + RESIDENT_MARGIN}`, 1024n]],
    [5000n, [`room ${1034n + RESIDENT_MARGIN}`, 1024n]],
    [1023n, [1023n]],
  ])('of %s has room made for it before it is set (WSB-AUTO-07)', (budget, wanted) => {
    const calls: (bigint | string)[] = [];
    applyBudget(explicit(budget), engine(calls), undefined, memory, (bytes) => calls.push(`room ${bytes}`));
    expect(calls).toEqual(wanted);
  });

  it('is set all the same where nobody can make room, or knows what is free', () => {
    const calls: (bigint | string)[] = [];
    applyBudget(explicit(1024n), engine(calls), undefined, memory);
    applyBudget(explicit(1024n), engine(calls), undefined, null, (bytes) => calls.push(`room ${bytes}`));
    expect(calls).toEqual([1024n, 1024n]);
  });
});

describe('applyBudget with an automatic budget', () => {
  it.each([-1n, 0n, 512n, 9999n])('passes %s on as it is (WSB-APPLY-04, WSB-APPLY-15)', (budget) => {
    expect(apply(automatic, 1024n, [true], budget)).toMatchObject({
      application: { kind: 'applied', source: 'automatic', budget },
      calls: ['automatic', budget],
    });
  });

  it('sets 0 after a refusal, even of 0 (WSB-APPLY-05)', () => {
    for (const budget of [512n, 0n]) {
      expect(apply(automatic, 1024n, [false, true], budget)).toMatchObject({
        application: { kind: 'applied', source: 'automatic', budget: 0n },
        calls: ['automatic', budget, 0n],
      });
    }
  });

  it('gives up after the second refusal (WSB-APPLY-06)', () => {
    expect(apply(automatic, 1024n, [false, false, true])).toEqual({
      application: { kind: 'refused', source: 'automatic', clause: 'WSB-APPLY-06' },
      calls: ['automatic', 512n, 0n],
    });
  });

  it('makes no call on an engine that streams nothing (WSB-APPLY-09)', () => {
    expect(apply(automatic, 0n, [true])).toEqual({
      application: { kind: 'skipped', ignoredBudget: false },
      calls: [],
    });
    expect(apply(automatic, 1n, [true]).calls).toEqual(['automatic', 512n]);
  });
});
