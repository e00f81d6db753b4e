import { describe, expect, it } from 'vitest';
import { encodeBlob, encodePlan, runReference, scriptedPlan, writeProgram } from '../../reference/index.js';
import type { LoadRequest, Step } from '../../reference/index.js';
import { METHOD } from '../model/names.js';
import { callsOf, failingOnce, failingTwice, withCleanLoads } from './fault-plans.js';

const LOAD: Step = { op: 'load', method: METHOD, options: null };

function request(...steps: readonly Step[]): LoadRequest {
  const data = encodeBlob({ engine: encodePlan(scriptedPlan()) });
  const delegates = [{ backend: 'TensorRTBackend', placement: 'segment', data, compileSpecs: [] } as const];
  return {
    program: writeProgram({ methods: [{ name: METHOD, delegates }] }),
    verification: 'minimal',
    device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
    module: null,
    steps,
  };
}

describe('the calls of a request', () => {
  it('are told in their order, each counted among its like', () => {
    const calls = callsOf(request(LOAD)).map(({ call, occurrence }) => `${call} ${occurrence}`);
    expect(calls).toEqual([
      'createInferRuntime 1',
      'cudaSetDevice 1',
      'cudaEventCreateWithFlags 1',
      'cudaDeviceGetAttribute 1',
      'createInferRuntime 2',
      'deserializeCudaEngine 1',
      'setWeightStreamingBudgetV2 1',
      'createExecutionContext 1',
      'cudaSetDevice 2',
    ]);
  });

  it('fail one at a time', () => {
    const failing = failingOnce(request(LOAD));
    expect(failing.map(({ device }) => device.faults)).toEqual(callsOf(request(LOAD)).map((call) => [call]));
    const loading = failing.filter((each) => runReference(each).steps[0]?.kind === 'ok');
    // Two have something to fall back to, and the last is a call of the end.
    expect(loading.map(({ device }) => device.faults[0]?.call)).toEqual([
      'cudaDeviceGetAttribute',
      'setWeightStreamingBudgetV2',
      'cudaSetDevice',
    ]);
  });

  it('fail two at a time, the second as the first lets it come', () => {
    const pairs = [...failingTwice(request(LOAD))].map(({ device }) =>
      device.faults.map(({ call, occurrence }) => `${call} ${occurrence}`).join(', '),
    );
    expect(new Set(pairs).size).toBe(pairs.length);
    // What follows a budget that is refused.
    expect(pairs).toContain('setWeightStreamingBudgetV2 1, setWeightStreamingBudgetV2 2');
    expect(pairs).not.toContain('deserializeCudaEngine 1, createExecutionContext 1');
  });

  it('are followed by loads that none of them reaches', () => {
    for (const failing of failingOnce(request(LOAD))) {
      const { steps, leaks } = runReference(withCleanLoads(failing));
      expect(steps.at(-1)?.kind).toBe('ok');
      expect(Object.values(leaks)).toEqual([0, 0, 0, 0, 0]);
    }
  });
});
