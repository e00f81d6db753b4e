import { describe, expect, it } from 'vitest';
import { startRecord } from '../engine/engine-record.js';
import { SimulatedDevice } from '../engine/simulated-device.js';
import { SimulatedEngine } from '../engine/simulated-engine.js';
import { scriptedPlan } from '../plan/plan.js';
import { AUTOMATIC_RULES, type Policy } from './automatic-budget.js';

/** Eight layers of 4096 x 4096 at batch 1, as measured with TensorRT 10.6 on an H100; bytes. */
const PLAN = scriptedPlan({
  kind: 'modelled',
  streamable: 268_435_712n,
  scratch: 67_109_376n,
  activations: 16_798_208n,
});

/** The budget whose context is made with so much free memory; null when none is. */
function loadedWith(policy: Policy, freeBytes: bigint): bigint | null {
  const device = new SimulatedDevice({ totalBytes: freeBytes, freeBytes, faults: [] });
  const engine = new SimulatedEngine(PLAN, device, startRecord(0));
  const budgets = AUTOMATIC_RULES[policy](engine, engine.memory);
  for (let next = budgets.next(); next.done !== true; next = budgets.next()) {
    if (engine.createExecutionContext() !== null) return next.value;
  }
  return null;
}

describe('an automatic budget on the device that was measured', () => {
  it.each([
    94_568_448n,
    146_997_248n,
    167_968_768n,
    209_911_808n,
    251_854_848n,
    272_826_368n,
    293_797_888n,
    314_769_408n,
  ])("of %s free bytes is refused when it is TensorRT's, and fits when it is the delegate's", (free) => {
    expect(loadedWith('upstream', free)).toBeNull();
    expect(loadedWith('fitting', free)).not.toBeNull();
  });

  it('keeps everything resident where the measured one did, and from 295,719,680 bytes on', () => {
    expect(loadedWith('upstream', 335_740_928n)).toBe(PLAN.streamable);
    expect(loadedWith('fitting', 335_740_928n)).toBe(PLAN.streamable);
    expect(loadedWith('fitting', 295_719_680n)).toBe(PLAN.streamable);
    expect(loadedWith('fitting', 295_719_679n)).toBe(201_326_335n);
  });

  it('loads nothing where the budget 0 does not fit', () => {
    expect(loadedWith('fitting', 73_000_000n)).toBeNull();
    expect(loadedWith('upstream', 73_000_000n)).toBeNull();
  });
});
