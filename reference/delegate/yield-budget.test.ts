import { describe, expect, it } from 'vitest';
import { startRecord } from '../engine/engine-record.js';
import { SimulatedDevice } from '../engine/simulated-device.js';
import { SimulatedEngine } from '../engine/simulated-engine.js';
import { scriptedPlan, type Plan } from '../plan/plan.js';
import { CONTEXT_MARGIN } from '../rules/fitting-budget.js';
import { DeviceRoom } from './device-room.js';
import { EngineHandle } from './engine-handle.js';
import { canYield, yieldBudget } from './yield-budget.js';

const ROOM = CONTEXT_MARGIN + 10_000n;
const BESIDE = CONTEXT_MARGIN + 210n;

/** An engine that has that budget and its context, and the device of which so much is free then. */
function loaded(
  budget: bigint,
  plan: Partial<Plan> = {},
  freeBytes = ROOM,
): { handle: EngineHandle; engine: SimulatedEngine; device: SimulatedDevice; calls: () => string[] } {
  const device = new SimulatedDevice({ totalBytes: 2n ** 40n, freeBytes: 2n ** 39n, faults: [] });
  const sizes = { streamable: 1000n, scratch: 200n, activations: 10n };
  const engine = new SimulatedEngine(
    scriptedPlan({ kind: 'modelled', ...sizes, ...plan }),
    device,
    startRecord(0),
  );
  engine.setWeightStreamingBudgetV2(budget);
  const handle = new EngineHandle(device, 0);
  Object.assign(handle, { engine, context: engine.createExecutionContext(), yields: true });
  device.freeBytes = freeBytes;
  const before = engine.record.calls.length;
  const calls = (): string[] =>
    engine.record.calls
      .slice(before)
      .map((call) =>
        call.call === 'setWeightStreamingBudgetV2'
          ? `${call.ok ? 'set' : 'refused'} ${call.budget}`
          : `context${'ok' in call && call.ok ? '' : ' refused'}`,
      );
  return { handle, engine, device, calls };
}

/** Lets the n-th context from now on be refused, counted from 1. */
function refuseContexts(engine: SimulatedEngine, ...numbers: number[]): void {
  const create = engine.createExecutionContext.bind(engine);
  let count = 0;
  engine.createExecutionContext = () => {
    if (!numbers.includes(++count)) return create();
    engine.record.calls.push({ call: 'createExecutionContext', ok: false });
    return null;
  };
}

describe('yieldBudget', () => {
  it.each([
    [300n, ['set 0', 'set 300', 'context']],
    [1n, ['set 0', 'set 1', 'context']],
    [0n, ['set 0', 'context']],
    [-1n, ['set 0', 'context']],
  ])('leaves the bytes asked for free, and a margin for its own context: %s is left', (left, wanted) => {
    const { handle, engine, device, calls } = loaded(1000n);
    const bytes = ROOM + 1010n - BESIDE - left;
    yieldBudget(bytes, handle);
    expect(calls()).toEqual(wanted);
    const budget = left > 0n ? left : 0n;
    expect(engine.record.applied).toBe(budget);
    expect(device.freeBytes).toBe(bytes + CONTEXT_MARGIN + left - budget);
  });

  it('sets no greater budget than it has, whatever became free meanwhile', () => {
    const { handle, calls } = loaded(700n, {}, 2n ** 30n);
    yieldBudget(0n, handle);
    expect(calls()).toEqual(['set 0', 'set 700', 'context']);
  });

  it.each([
    ['one that streams everything', 0n, {}],
    ['one without an engine', 500n, { engine: null }],
    ['one without a context', 500n, { context: null }],
  ])('leaves %s alone', (_, budget, change) => {
    const { handle, calls } = loaded(budget);
    Object.assign(handle, change);
    expect(canYield(handle)).toBe(false);
    yieldBudget(ROOM * 2n, handle);
    expect(calls()).toEqual([]);
  });

  it.each([
    [1000n, ['set 0', 'set 1000', 'context']],
    [999n, ['set 0', 'context']],
  ])('keeps everything resident with a scratch of %s or more, and is asked once', (scratch, wanted) => {
    const { handle, calls } = loaded(1000n, { scratch });
    yieldBudget(ROOM * 2n, handle);
    expect(calls()).toEqual(wanted);
    expect(canYield(handle)).toBe(false);
  });

  it('goes down to 0 when no context can be made with a smaller budget', () => {
    const { handle, engine, calls } = loaded(1000n);
    refuseContexts(engine, 1);
    yieldBudget(ROOM + 1010n - BESIDE - 300n, handle);
    expect(calls()).toEqual(['set 0', 'set 300', 'context refused', 'set 0', 'context']);
    expect(engine.record.applied).toBe(0n);
    expect(handle.context).not.toBeNull();
  });

  it('is left without a context when none can be made with 0 either', () => {
    const { handle, engine, device, calls } = loaded(1000n);
    refuseContexts(engine, 1, 2);
    yieldBudget(ROOM * 2n, handle);
    expect(calls()).toEqual(['set 0', 'context refused']);
    expect(handle.context).toBeNull();
    expect(device.live.contexts).toBe(0);
  });

  it('keeps what it has when TensorRT refuses to change it', () => {
    const { handle, engine, calls } = loaded(300n, {
      kind: 'scripted',
      setAnswers: [true],
      setDefault: false,
    });
    yieldBudget(ROOM * 2n, handle);
    expect(calls()).toEqual(['refused 0', 'context']);
    refuseContexts(engine, 1);
    yieldBudget(ROOM * 2n, handle);
    expect(calls().slice(2)).toEqual(['refused 0', 'context refused', 'refused 0']);
    expect(handle.context).toBeNull();
  });
});

describe('DeviceRoom', () => {
  const onDevice = (id: number, device: SimulatedDevice): EngineHandle => new EngineHandle(device, id);

  it('asks the engines that yield, on the same device, in their order', () => {
    const { handle, device, calls } = loaded(1000n);
    const room = new DeviceRoom(onDevice(0, device), [handle]);
    expect(room.canMake()).toBe(true);
    expect(room.make(device.freeBytes)).toBe(true);
    expect(calls()).toEqual([]);
    expect(room.make(device.freeBytes + 1n)).toBe(true);
    expect(calls()).toEqual(['set 0', 'context']);
    expect(room.canMake()).toBe(false);
  });

  it('asks none of another device, and none whose budget is not a fitting one', () => {
    const { handle, device, calls } = loaded(1000n);
    expect(new DeviceRoom(onDevice(1, device), [handle]).canMake()).toBe(false);
    handle.yields = false;
    const room = new DeviceRoom(onDevice(0, device), [handle]);
    expect(room.make(ROOM * 2n)).toBe(true);
    expect(calls()).toEqual([]);
  });

  it('says when an engine is left without a context', () => {
    const { handle, engine, device } = loaded(1000n);
    refuseContexts(engine, 1);
    expect(new DeviceRoom(onDevice(0, device), [handle]).make(ROOM * 2n)).toBe(false);
  });
});
