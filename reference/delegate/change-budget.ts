import type { SimulatedEngine } from '../engine/simulated-engine.js';
import type { ClauseId } from '../outcome/clause-id.js';
import { DeviceScope } from './device-scope.js';
import type { EngineHandle } from './engine-handle.js';

/**
 * What became of one engine. `undo` gives it back the budget and the context that it had
 * (WSB-SET-14), `settle` says where its budget comes from now; a failed one has both back already.
 */
export type Change =
  | { readonly kind: 'done'; readonly undo: () => void; readonly settle: () => void }
  | { readonly kind: 'failed'; readonly clause: ClauseId };

const KEPT: Change = { kind: 'done', undo: () => undefined, settle: () => undefined };

/**
 * Gives a live engine another budget: its context is destroyed, the budget set, and a context made
 * again (WSB-SET-10). An engine that streams nothing is left alone (WSB-SET-09), and so is one that
 * has the budget already (WSB-SET-11).
 */
export function changeBudget(requested: bigint, handle: EngineHandle): Change {
  const { engine, rules } = handle;
  if (engine === null) return KEPT;
  const streamable = engine.getStreamableWeightsSize();
  if (streamable <= 0n) {
    if (rules.setOption.sparesResident) return kept(engine, 'WSB-SET-09');
    dropContext(handle);
    handle.context = engine.createExecutionContext('WSB-SET-09');
    return KEPT;
  }
  const budget = rules.setOption.clamp(requested, streamable);
  const held = engine.getWeightStreamingBudgetV2();
  if (held === budget && handle.context !== null && rules.setOption.skipsEqual)
    return kept(engine, 'WSB-SET-11');
  if (engine.trace !== null) engine.trace.choice = null;
  const failed = onDevice(handle, () => exchange(budget, held, engine, handle));
  if (failed !== null) return { kind: 'failed', clause: failed };
  const undo = (): void => {
    onDevice(handle, () => {
      dropContext(handle);
      restore(held, engine, handle, 'WSB-SET-14');
      return null;
    });
  };
  const settle = (): void => {
    engine.record.source = 'set-option';
    engine.trace?.changed('WSB-SET-08');
  };
  return { kind: 'done', undo, settle };
}

/** The clause by which it failed; the engine then has what it had, as far as TensorRT lets it. */
function exchange(
  budget: bigint,
  held: bigint,
  engine: SimulatedEngine,
  handle: EngineHandle,
): ClauseId | null {
  if (handle.rules.setOption.dropsContext) dropContext(handle);
  const isSet = budget === held || engine.setWeightStreamingBudgetV2(budget, 'WSB-SET-08');
  if (isSet && handle.context === null) handle.context = engine.createExecutionContext('WSB-SET-10');
  if (isSet && handle.context !== null) return null;
  const clause = isSet ? 'WSB-SET-13' : 'WSB-SET-12';
  if (handle.rules.setOption.restoresAfter(clause)) restore(held, engine, handle, clause);
  return clause;
}

/** Without a context afterwards when TensorRT takes the budget back or makes no context. */
function restore(held: bigint, engine: SimulatedEngine, handle: EngineHandle, because: ClauseId): void {
  if (engine.getWeightStreamingBudgetV2() !== held && !engine.setWeightStreamingBudgetV2(held, because))
    return;
  handle.context ??= engine.createExecutionContext(because);
}

function dropContext(handle: EngineHandle): void {
  handle.context?.destroy();
  handle.context = null;
}

/** Does something on the device of an engine; afterwards the current one is as it was. */
function onDevice(handle: EngineHandle, act: () => ClauseId | null): ClauseId | null {
  const scope = new DeviceScope(handle.device);
  const isThere = handle.device.current === handle.deviceId || scope.set(handle.deviceId);
  const clause = isThere ? act() : 'WSB-SET-12';
  if (isThere) scope.restore();
  return clause;
}

function kept(engine: SimulatedEngine, because: ClauseId): Change {
  engine.trace?.noCall(because);
  return KEPT;
}
