import { describe, expect, it } from 'vitest';
import { encodePlan } from '../plan/encode-plan.js';
import type { Paging } from '../plan/paging.js';
import { scriptedPlan, type Plan } from '../plan/plan.js';
import { rangeOf } from '../source/byte-range.js';
import { MemorySource } from '../source/byte-source.js';
import { startRecord } from './engine-record.js';
import { SimulatedDevice } from './simulated-device.js';
import { SimulatedEngine } from './simulated-engine.js';
import { SimulatedTensorRt } from './simulated-tensorrt.js';

function engine(
  plan: Partial<Plan>,
  freeBytes = 2000n,
): { engine: SimulatedEngine; device: SimulatedDevice } {
  const device = new SimulatedDevice({ totalBytes: freeBytes, freeBytes, faults: [] });
  return { engine: new SimulatedEngine(scriptedPlan(plan), device, startRecord(0)), device };
}

describe('a scripted engine', () => {
  it('answers sets in the order listed, then by default', () => {
    const { engine: subject } = engine({ setAnswers: [false, true], setDefault: false });
    expect([1n, 2n, 3n].map((budget) => subject.setWeightStreamingBudgetV2(budget))).toEqual([
      false,
      true,
      false,
    ]);
    expect(subject.record.calls).toEqual([
      { call: 'setWeightStreamingBudgetV2', budget: 1n, ok: false },
      { call: 'setWeightStreamingBudgetV2', budget: 2n, ok: true },
      { call: 'setWeightStreamingBudgetV2', budget: 3n, ok: false },
    ]);
  });

  it('tells the budget of the last set that it accepted', () => {
    const { engine: subject } = engine({ setAnswers: [true, false, true] });
    const budgets = [5n, 6n, 7000n].map((budget) => {
      subject.setWeightStreamingBudgetV2(budget);
      return [subject.getWeightStreamingBudgetV2(), subject.getWeightStreamingScratchMemorySize()];
    });
    expect(budgets).toEqual([
      [5n, 64n],
      [5n, 64n],
      [1024n, 0n],
    ]);
  });

  it('takes no device memory', () => {
    const { engine: subject, device } = engine({ activations: 5000n });
    expect(subject.createExecutionContext()).not.toBeNull();
    expect(device.freeBytes).toBe(2000n);
    expect(subject.getWeightStreamingAutomaticBudget()).toBe(512n);
  });

  it('gives no context when its plan says so', () => {
    const { engine: subject, device } = engine({ createsContext: false });
    expect(subject.createExecutionContext()).toBeNull();
    expect(device.live.contexts).toBe(0);
  });

  it('refuses a set while a context lives, uses up no answer for it, and notes it (WSB-APPLY-11)', () => {
    const { engine: subject, device } = engine({ setAnswers: [true], setDefault: false });
    const context = subject.createExecutionContext();
    expect(subject.setWeightStreamingBudgetV2(1n)).toBe(false);
    context?.destroy();
    expect(subject.setWeightStreamingBudgetV2(1n)).toBe(true);
    expect(device.violations).toEqual(['set-with-context']);
  });

  it('is not to be destroyed before its context (WSB-LIFE-06)', () => {
    const { engine: subject, device } = engine({});
    subject.createExecutionContext();
    subject.destroy();
    expect(device.violations).toEqual(['destroy-engine-with-context']);
    expect(device.live).toMatchObject({ engines: 0, contexts: 1 });
  });
});

describe('a modelled engine', () => {
  const modelled = (plan: Partial<Plan>, freeBytes?: bigint): ReturnType<typeof engine> =>
    engine({ kind: 'modelled', streamable: 1000n, activations: 100n, scratch: 50n, ...plan }, freeBytes);

  it.each([
    [400n, 0n],
    [401n, 1n],
    [1399n, 999n],
    [1400n, 1000n],
    [5000n, 1000n],
    [0n, 0n],
  ])('with %s bytes free suggests %s: free - 4a within 0 and s', (free, automatic) => {
    expect(modelled({}, free).engine.getWeightStreamingAutomaticBudget()).toBe(automatic);
  });

  it('takes its weights at a set that streams nothing, and gives them back', () => {
    const { engine: subject, device } = modelled({}, 1000n);
    expect(subject.setWeightStreamingBudgetV2(999n)).toBe(true);
    expect(device.freeBytes).toBe(1000n);
    expect(subject.setWeightStreamingBudgetV2(1000n)).toBe(true);
    expect(device.freeBytes).toBe(0n);
    expect(subject.setWeightStreamingBudgetV2(2n ** 63n - 1n)).toBe(true);
    expect(device.freeBytes).toBe(0n);
    expect(subject.setWeightStreamingBudgetV2(0n)).toBe(true);
    expect(device.freeBytes).toBe(1000n);
  });

  it('refuses a set below 0, and one that does not fit', () => {
    const { engine: subject } = modelled({}, 999n);
    expect(subject.setWeightStreamingBudgetV2(-1n)).toBe(false);
    expect(subject.setWeightStreamingBudgetV2(1000n)).toBe(false);
    expect(subject.setWeightStreamingBudgetV2(999n)).toBe(true);
  });

  it.each([
    [0n, 150n],
    [999n, 1149n],
    [1000n, 1100n],
  ])('with a budget of %s needs %s bytes in all for a context', (budget, need) => {
    for (const free of [need - 1n, need]) {
      const { engine: subject, device } = modelled({}, free);
      expect(subject.setWeightStreamingBudgetV2(budget)).toBe(true);
      const context = subject.createExecutionContext();
      expect(context !== null).toBe(free === need);
      context?.destroy();
      subject.destroy();
      expect(device.freeBytes).toBe(free);
    }
  });

  it.each([
    [1499n, 999n],
    [600n, 100n],
    [599n, 99n],
    [0n, 0n],
  ])(
    'with %s bytes free while streaming suggests %s: the scratch counts as activations do',
    (free, automatic) => {
      const { engine: subject } = modelled({ activations: 100n, scratch: 25n }, free);
      subject.setWeightStreamingBudgetV2(0n);
      expect(subject.getWeightStreamingAutomaticBudget()).toBe(automatic);
    },
  );

  it.each([1099n, 1100n])(
    'without a set has a context of its activations and all weights: %s free',
    (free) => {
      const { engine: subject, device } = modelled({}, free);
      expect(subject.createExecutionContext() !== null).toBe(free === 1100n);
      expect(device.freeBytes).toBe(free === 1100n ? 0n : free);
    },
  );

  it('keeps the weights that came with a context, until it streams', () => {
    const { engine: subject, device } = modelled({}, 2000n);
    subject.createExecutionContext()?.destroy();
    expect(device.freeBytes).toBe(1000n);
    const second = subject.createExecutionContext();
    expect(device.freeBytes).toBe(900n);
    second?.destroy();
    expect(subject.setWeightStreamingBudgetV2(1000n)).toBe(true);
    expect(device.freeBytes).toBe(1000n);
    expect(subject.setWeightStreamingBudgetV2(0n)).toBe(true);
    expect(device.freeBytes).toBe(2000n);
  });

  it('tells its budget and what a context takes', () => {
    const { engine: subject } = modelled({});
    const reads = (): bigint[] => [
      subject.getWeightStreamingBudgetV2(),
      subject.getWeightStreamingScratchMemorySize(),
      subject.getDeviceMemorySizeV2(),
    ];
    expect(reads()).toEqual([1000n, 0n, 100n]);
    subject.setWeightStreamingBudgetV2(999n);
    expect(reads()).toEqual([999n, 50n, 150n]);
    subject.setWeightStreamingBudgetV2(5000n);
    expect(reads()).toEqual([1000n, 0n, 100n]);
  });

  it('that was not built for streaming refuses every set and suggests -1', () => {
    const { engine: subject } = modelled({ streamable: 0n, activations: -5n });
    expect(subject.setWeightStreamingBudgetV2(0n)).toBe(false);
    expect(subject.getWeightStreamingAutomaticBudget()).toBe(-1n);
    expect(subject.getWeightStreamingBudgetV2()).toBe(-1n);
  });
});

describe('a modelled engine that takes memory in granules', () => {
  const paging: Paging = {
    granuleBits: 4,
    context: 1,
    contextHeadroom: 2,
    weightsHeadroom: 1,
    loadHeadroom: 3,
  };
  const modelled = (freeBytes: bigint): ReturnType<typeof engine> =>
    engine({ kind: 'modelled', streamable: 100n, activations: 20n, scratch: 20n, paging }, freeBytes);

  it.each([
    [127n, false],
    [128n, true],
  ])('with %s bytes free accepts its weights, 7 granules and one on top: %s', (free, ok) => {
    const { engine: subject, device } = modelled(free);
    expect(subject.setWeightStreamingBudgetV2(100n)).toBe(ok);
    expect(device.freeBytes).toBe(ok ? free - 112n : free);
  });

  // 3 granules for activations and scratch, those of the budget, 1 for the context, 2 on top.
  it.each([
    [0n, 96n, 64n],
    [8n, 96n, 64n],
    [9n, 112n, 80n],
    [16n, 112n, 80n],
    [17n, 128n, 96n],
  ])('with a budget of %s makes a context with %s bytes free and takes %s', (budget, need, taken) => {
    for (const free of [need - 1n, need]) {
      const { engine: subject, device } = modelled(free);
      subject.setWeightStreamingBudgetV2(budget);
      expect(subject.createExecutionContext() !== null).toBe(free === need);
      expect(device.freeBytes).toBe(free === need ? need - taken : free);
    }
  });

  it.each([
    [47n, false],
    [48n, true],
  ])('loads with %s bytes free: %s', (freeBytes, ok) => {
    const { device } = modelled(freeBytes);
    const plan = encodePlan(scriptedPlan({ kind: 'modelled', paging }));
    const program = new MemorySource(plan);
    // As one of the program, and as a copy of it.
    for (const range of [rangeOf(program), rangeOf(plan)]) {
      const tensorRt = new SimulatedTensorRt(device, program, () => null);
      expect(tensorRt.createInferRuntime()?.deserializeCudaEngine(range) !== null).toBe(ok);
    }
  });
});

describe('the memory of a simulated device', () => {
  it('follows what others take', () => {
    const { engine: subject, device } = engine({ kind: 'modelled', activations: 10n }, 10n);
    device.freeBytes = 9n;
    expect(subject.createExecutionContext()).toBeNull();
  });
});

describe('a simulated device', () => {
  it('lets the nth call of a name fail', () => {
    const device = new SimulatedDevice({
      totalBytes: 0n,
      freeBytes: 0n,
      faults: [{ call: 'cudaMalloc', occurrence: 2 }],
    });
    expect([1, 2, 3].map(() => device.succeeds('cudaMalloc'))).toEqual([true, false, true]);
    expect(device.succeeds('cudaSetDevice')).toBe(true);
  });
});
