import { describe, expect, it } from 'vitest';
import { encodeBlob } from '../blob/encode-blob.js';
import { startRecord } from '../engine/engine-record.js';
import { SimulatedDevice } from '../engine/simulated-device.js';
import { SimulatedEngine } from '../engine/simulated-engine.js';
import { SimulatedTensorRt } from '../engine/simulated-tensorrt.js';
import { rulesUnder } from '../rules/rules.js';
import { NO_LEAKS, type EngineOutcome } from '../outcome/outcome.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan } from '../plan/plan.js';
import { rangeOf } from '../source/byte-range.js';
import { CONTEXT_MARGIN } from '../rules/fitting-budget.js';
import { EngineHandle } from './engine-handle.js';
import { RuntimeSource } from './runtime-source.js';
import { initDelegate } from './init.js';

const ALL = 2n ** 26n;
const SIZES = { kind: 'modelled', streamable: ALL, scratch: 200n, activations: 10n } as const;

/**
 * Initialises a delegate beside an engine that keeps everything resident and gets no context any
 * more; so much is free then. Its context, when `createsContext` says so, is made.
 */
function besideLost(
  freeBytes: bigint,
  createsContext = true,
): { step: string | null; calls: string[]; live: unknown } {
  const device = new SimulatedDevice({ totalBytes: freeBytes, freeBytes: freeBytes + ALL + 10n, faults: [] });
  const lost = new EngineHandle(device, 0);
  const engine = new SimulatedEngine(scriptedPlan(SIZES), device, startRecord(0));
  engine.setWeightStreamingBudgetV2(ALL);
  Object.assign(lost, { engine, context: engine.createExecutionContext(), yields: true });
  engine.createExecutionContext = () => null;

  const data = encodeBlob({ metadata: {}, engine: encodePlan(scriptedPlan({ ...SIZES, createsContext })) });
  const tensorRt = new SimulatedTensorRt(device, null, () => null);
  const rules = rulesUnder('fitting');
  const runtimes = new RuntimeSource(tensorRt, rules.runtimeUse);
  const context = { device, tensorRt, runtimes, rules, process: { budget: null }, warn: () => undefined };
  const result = initDelegate(
    { data: rangeOf(data), compileSpecs: [], options: [], kept: { loads: [] }, because: [] },
    context,
    [lost],
  );
  lost.destroy();
  const made: readonly EngineOutcome[] = tensorRt.engines;
  return {
    step: result.ok ? null : result.fault.step,
    calls: made.flatMap(({ calls }) => calls.map(({ call }) => call)),
    live: device.live,
  };
}

describe('initDelegate beside an engine that gets no context any more (WSB-AUTO-07)', () => {
  it('ends before it deserializes when there is no room for that', () => {
    const { step, calls, live } = besideLost(CONTEXT_MARGIN - 1n);
    expect([step, ...calls]).toEqual(['make-room']);
    expect(live).toEqual(NO_LEAKS);
  });

  it('ends before its context when there is no room for that', () => {
    const { step, calls, live } = besideLost(CONTEXT_MARGIN);
    expect([step, ...calls]).toEqual(['make-room', 'deserializeCudaEngine', 'setWeightStreamingBudgetV2']);
    expect(live).toEqual(NO_LEAKS);
  });

  it('ends before its last context when none was made', () => {
    const { step, calls, live } = besideLost(CONTEXT_MARGIN + 210n, false);
    expect(step).toBe('make-room');
    expect(calls.slice(2)).toEqual(['createExecutionContext']);
    expect(live).toEqual(NO_LEAKS);
  });

  it('asks it for nothing when there is room', () => {
    expect(besideLost(CONTEXT_MARGIN + 210n).step).toBeNull();
  });
});
