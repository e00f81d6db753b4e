import { describe, expect, it } from 'vitest';
import { MemorySource, runReference } from '../../../reference/index.js';
import { ALL_CASES, AREAS } from '../../cases/all-cases.js';
import { clause } from '../../model/scenario/clause.js';
import { steps } from '../../model/expectation.js';
import type { Scenario } from '../../model/scenario/scenario.js';
import { metadata } from '../../model/scenario/blob-change.js';
import { execute, loadMethod } from '../../model/scenario/vocabulary.js';
import { RESIDENT, STREAMING, weightBytes, type BuiltEngine } from './engine-kind.js';
import { expectedOutcome } from './play-cases.js';
import { isPlainDevice, mapCase, type MappedCase, type StandIn } from './map-case.js';

const ENGINES: readonly BuiltEngine[] = [RESIDENT, ...STREAMING].map((kind) => ({
  kind,
  ...{ file: '', plan: new MemorySource(new Uint8Array()), sha256: '' },
  streamable: kind.streaming ? weightBytes(kind) : 0n,
}));
const NOTHING = runReference({
  program: new Uint8Array(),
  verification: 'minimal',
  device: { totalBytes: 0n, freeBytes: 0n, faults: [] },
  module: null,
  steps: [],
});

function mapped(scenario: Scenario, devices = 1): MappedCase {
  const [one] = clause('WSB-APPLY-01').control('one', scenario, steps('ok')).cases;
  if (one === undefined) throw new Error('There is no case.');
  return mapCase(one, devices);
}

function runs(scenario: Scenario): MappedCase & { kind: 'runs' } {
  const result = mapped(scenario);
  if (result.kind === 'unsupported') throw new Error(result.reason);
  return result;
}

/** The engines that are put into the program of a scenario. */
function enginesOf(scenario: Scenario): readonly StandIn[] {
  const seen: StandIn[] = [];
  runs(scenario).build((engine) => {
    seen.push(engine);
    return new Uint8Array([seen.length]);
  });
  return seen;
}

const reasonOf = (scenario: Scenario, devices = 1): string | null => {
  const result = mapped(scenario, devices);
  return result.kind === 'unsupported' ? result.reason : null;
};

describe('mapCase', () => {
  it('puts the engine of 1,024 bytes for the engine of a case that names no size', () => {
    expect(enginesOf({ spec: '5' })).toEqual([{ kind: STREAMING[1], damaged: false }]);
  });

  it('keeps the order of sizes', () => {
    const scenario = { engines: [{ streamable: 100n }, { streamable: 1000n }, { streamable: 5000n }] };
    expect(enginesOf(scenario).map(({ kind }) => kind)).toEqual(STREAMING);
  });

  it.each([
    [0n, RESIDENT],
    [1n, STREAMING[0]],
    [999n, STREAMING[0]],
    [1000n, STREAMING[1]],
    [4999n, STREAMING[1]],
    [5000n, STREAMING[2]],
  ])('puts for %d streamable bytes an engine of a real size', (streamable, kind) => {
    expect(enginesOf({ streamable })).toEqual([{ kind, damaged: false }]);
  });

  it('cuts the plan of an engine that TensorRT is to refuse', () => {
    expect(enginesOf({ deserialize: null })).toEqual([{ kind: STREAMING[1], damaged: true }]);
  });

  it.each<[string, Scenario, string | null]>([
    ['a refused set', { spec: '5', refuses: 1 }, 'TensorRT accepts every budget in range'],
    ['no refused set', { spec: '5', refuses: 0 }, null],
    ['a failing run', { enqueue: false }, 'TensorRT runs an engine that is in order'],
    ['no context', { context: null }, 'a context is refused only when device memory is short'],
    ['a dictated automatic budget', { automatic: 511n }, 'the automatic budget is TensorRT’s own'],
    ['any automatic budget', { automatic: 512n }, null],
    ['a negative size', { streamable: -1n }, 'no engine has a negative streamable size'],
    ['little memory', { free: 5n }, 'how much device memory is free is not dictated'],
    [
      'a failing call',
      { fault: { call: 'cudaMalloc', occurrence: 1 } },
      'the CUDA runtime and TensorRT fail no call on demand',
    ],
  ])('knows whether a real engine can play %s', (_, scenario, reason) => {
    expect(reasonOf(scenario)).toBe(reason);
  });

  it('plays a program for another device where there is one', () => {
    const scenario = { blob: metadata('device 1', { device_id: 1 }) };
    expect(reasonOf(scenario, 1)).toBe('the program asks for another device than the first');
    expect(reasonOf(scenario, 2)).toBe(null);
    const third = { blob: metadata('device 2', { device_id: 2 }) };
    expect(reasonOf(third, 2)).toBe('the program asks for a device that is not there');
  });

  it('gives a method what its engines are executed with', () => {
    const scenario: Scenario = {
      engines: [{}, { streamable: 5000n }],
      steps: [loadMethod('forward'), execute('forward')],
    };
    const { expected } = expectedOutcome(runs(scenario), ENGINES, NOTHING, 'upstream');
    expect(expected.steps.map(({ kind }) => kind)).toEqual(['ok', 'ok']);
    expect(expected.engines.map(({ calls }) => calls.at(-1))).toEqual([
      { call: 'enqueueV3', ok: true },
      { call: 'enqueueV3', ok: true },
    ]);
  });

  it('maps most cases of the areas that are about budgets', () => {
    const share = (area: string): number => {
      const cases = AREAS[area] ?? [];
      return cases.filter((one) => mapCase(one).kind === 'runs').length / cases.length;
    };
    for (const area of ['parsing', 'options', 'precedence', 'engines', 'methods']) {
      expect(share(area), area).toBeGreaterThan(0.9);
    }
    expect(share('application')).toBeGreaterThan(0.6);
    expect(share('memory')).toBe(0);
  });

  it('says of each case that it leaves out why', () => {
    const reasons = ALL_CASES.flatMap((one) => {
      const result = mapCase(one);
      return result.kind === 'unsupported' ? [result.reason] : [];
    });
    expect(new Set(reasons).size).toBeGreaterThan(5);
    expect(reasons).not.toContain('');
  });
});

describe('isPlainDevice', () => {
  const device = { totalBytes: 9n, freeBytes: 9n, faults: [] };

  it('says which requests dictate nothing that a real device does not do', () => {
    expect(isPlainDevice({ device })).toBe(true);
    expect(isPlainDevice({ device: { ...device, freeBytes: 0n } })).toBe(false);
    expect(isPlainDevice({ device: { ...device, faults: [{ call: 'cudaMalloc', occurrence: 1 }] } })).toBe(
      false,
    );
  });
});

describe('expectedOutcome', () => {
  it('takes streamable size and automatic budget from the engines, and predicts the rest', () => {
    const scenario: Scenario = { engines: [{}, { streamable: 5000n, spec: '99999' }] };
    const observed = {
      ...NOTHING,
      engines: [
        {
          step: 0,
          source: null,
          applied: null,
          calls: [{ call: 'getWeightStreamingAutomaticBudget', budget: 77n } as const],
        },
      ],
    };
    const { expected } = expectedOutcome(runs(scenario), ENGINES, observed, 'upstream');
    expect(expected.engines.map(({ source, applied }) => [source, applied])).toEqual([
      ['automatic', 77n],
      ['compile-spec', 16384n],
    ]);
  });

  it('expects the policy of the delegate, which knows how much memory is free', () => {
    const { expected } = expectedOutcome(runs({}), ENGINES, NOTHING, 'fitting');
    expect(expected.engines.map(({ calls }) => calls.map(({ call }) => call))).toEqual([
      ['deserializeCudaEngine', 'setWeightStreamingBudgetV2', 'createExecutionContext'],
    ]);
    expect(expected.engines[0]).toMatchObject({ source: 'automatic', applied: 1024n });
  });

  it('expects a cut plan to be refused', () => {
    const { expected } = expectedOutcome(runs({ deserialize: null }), ENGINES, NOTHING, 'upstream');
    expect(expected.engines[0]?.calls).toEqual([{ call: 'deserializeCudaEngine', ok: false }]);
  });
});
