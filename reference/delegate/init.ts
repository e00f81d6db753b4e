import type { InitContext, InitInput } from './init-input.js';
import { decodeBlob, type DecodedBlob } from '../blob/decode-blob.js';
import type { SimulatedEngine } from '../engine/simulated-engine.js';
import type { Rules } from '../rules/rules.js';
import { inferBindingNames } from './binding-names.js';
import { CONTEXT_MARGIN, residentContextBytes, streamedContextBytes } from '../rules/fitting-budget.js';
import { carryOutBudget, type BudgetResult } from './carry-out-budget.js';
import { ALL_THERE_IS, DeviceRoom } from './device-room.js';
import { DeviceScope } from './device-scope.js';
import { EngineHandle } from './engine-handle.js';
import type { ReadyDelegate } from './execute.js';
import { initFault, type InitFault } from './init-fault.js';
import { linkAliases } from './link-aliases.js';
import { matchNames } from './match-names.js';
import { readProfiles } from './read-profiles.js';

/** A delegate that is ready to run, or the step of init that failed. */
export type InitResult =
  { readonly ok: true; readonly delegate: ReadyDelegate } | { readonly ok: false; readonly fault: InitFault };

/**
 * A delegate's init, after those of the same load that are `earlier`. Nothing is made before the
 * blob is read; whatever was made is destroyed when a later step fails, and nothing else is asked
 * of TensorRT then (WSB-FAIL-04, WSB-FAIL-07).
 */
export function initDelegate(
  input: InitInput,
  context: InitContext,
  earlier: readonly EngineHandle[],
): InitResult {
  const { loads } = input.kept;
  if (loads.at(-1) !== input.options) loads.push(input.options);
  const decoded = decodeBlob(input.data, context.rules, input.dataSize);
  if (!decoded.ok) return { ok: false, fault: initFault('read-blob', decoded.fault.clause) };
  context.tensorRt.trace?.kept.push('WSB-BLOB-01');
  const scope = new DeviceScope(context.device);
  const handle = new EngineHandle(context.device, decoded.blob.deviceId, context.rules);
  const room = new DeviceRoom(handle, earlier, context.rules.fittingBudget);
  const result = build(handle, scope, decoded.blob, input, context, room);
  if (!result.ok) {
    handle.engine?.trace?.end(result.fault.clause);
    if (context.rules.destroysFailed) handle.destroy();
  }
  if (context.rules.restoresDevice) scope.restore();
  return result;
}

/** The steps that need the device, in their order. */
function build(
  handle: EngineHandle,
  scope: DeviceScope,
  blob: DecodedBlob,
  input: InitInput,
  initContext: InitContext,
  room: DeviceRoom,
): InitResult {
  const { device, tensorRt } = initContext;
  if (!scope.set(blob.deviceId)) return failed(initFault('select-device'));

  if (!device.succeeds('cudaEventCreateWithFlags')) return failed(initFault('create-event'));
  device.created('events');
  handle.hasEvent = true;
  // Whether the device shares the host's memory. A failure stands for no (WSB-FAIL-13).
  if (device.succeeds('cudaDeviceGetAttribute')) handle.sharesMemory = device.isIntegrated;
  else tensorRt.trace?.kept.push('WSB-FAIL-13');

  handle.runtime = initContext.runtimes.take();
  if (handle.runtime === null) return failed(initFault('create-runtime'));
  // TensorRT needs some device memory for that, too.
  if (room.canMake() && !room.make(CONTEXT_MARGIN)) return failed(initFault('make-room'));
  const engine = handle.runtime.deserializeCudaEngine(blob.engine, blob.engineSize);
  if (engine === null) return failed(initFault('deserialize-engine'));
  handle.engine = engine;

  // Before there is a context: TensorRT changes no budget while one lives (WSB-APPLY-11).
  const early = budgetAt('before-context', engine, room, input, initContext);
  if (!early.ok) return early;

  const named = blob.inputs.length + blob.outputs.length > 0;
  const names = named ? { inputs: blob.inputs, outputs: blob.outputs } : inferBindingNames(engine.bindings);
  if (names === null) return failed(initFault('name-bindings'));
  handle.names = names;

  if (room.canMake() && !room.make(bytesOfContext(engine))) return failed(initFault('make-room'));
  let context = engine.createExecutionContext(
    named || engine.bindings.length === 0 ? 'WSB-LIFE-05' : 'WSB-BLOB-11',
  );
  while (context === null && early.lower()) context = engine.createExecutionContext('WSB-AUTO-04');
  if (context === null && room.canMake()) {
    if (!room.make(ALL_THERE_IS)) return failed(initFault('make-room'));
    context = engine.createExecutionContext('WSB-AUTO-07');
  }
  if (context === null) return failed(initFault('create-context'));
  handle.context = context;
  handle.yields = early.fitted && initContext.rules.yields;
  const late = budgetAt('after-context', engine, room, input, initContext);
  if (!late.ok) return late;
  const nameFault = matchNames(names, engine, initContext.rules);
  if (nameFault !== null) return failed(nameFault);
  const aliasFault = linkAliases(handle, engine, blob.aliases, initContext.rules);
  if (aliasFault !== null) return failed(aliasFault);
  if (blob.aliases.length > 0) tensorRt.trace?.kept.push('WSB-BLOB-14');
  const inputs = readProfiles(engine, names.inputs);
  return 'step' in inputs ? failed(inputs) : { ok: true, delegate: { handle, engine, inputs } };
}

/** Carries out the budget when this is the step for it. */
function budgetAt(
  step: Rules['budgetStep'],
  engine: SimulatedEngine,
  room: DeviceRoom,
  input: InitInput,
  context: InitContext,
): BudgetResult {
  if (context.rules.budgetStep !== step) return { ok: true, fitted: false, lower: () => false };
  return carryOutBudget(engine, room, input, context);
}

/** What the context of an engine takes of the device, with the margin. */
function bytesOfContext(engine: SimulatedEngine): bigint {
  const streamable = engine.getStreamableWeightsSize();
  const budget = engine.getWeightStreamingBudgetV2();
  const activations = engine.getDeviceMemorySizeV2();
  return streamable > 0n && budget < streamable
    ? streamedContextBytes(budget, activations)
    : // All weights are in device memory already.
      residentContextBytes(0n, activations);
}

function failed(fault: InitFault): InitResult {
  return { ok: false, fault };
}
