import type { EngineHandle } from '../delegate/engine-handle.js';
import { SimulatedDevice } from '../engine/simulated-device.js';
import { SimulatedTensorRt } from '../engine/simulated-tensorrt.js';
import { RuntimeSource } from '../delegate/runtime-source.js';
import { RUNTIMES_ANEW } from '../rules/runtime-use.js';
import { STOCK_HOST, type HostContext } from '../host/host-profile.js';
import { BACKEND_ID, prepareDelegate } from '../host/loaded-method.js';
import { PlannedArenas } from '../host/planned-arenas.js';
import type { Failure } from '../host/raise.js';
import { UndefinedBehaviourError } from '../host/undefined-behaviour-error.js';
import type { FailureName } from '../outcome/error-code.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { DelegateFile, MethodFile } from '../program/program-file.js';
import type { ReadingWork } from '../program/reading-work.js';
import type { DeliveredOption } from '../rules/delivered-option.js';
import { rulesUnder } from '../rules/rules.js';
import type { AutomaticContext } from './automatic-context.js';
import type { ExplainedBlob } from './explained-blobs.js';
import { standInPlan } from './stand-in-plan.js';

/** Memory that no engine exhausts, and of which nobody knows how much there is. */
const PLENTY = 2n ** 63n;

/** Why a load ends; `error` is null where ExecuTorch's behaviour is undefined. */
export interface LoadFailure {
  readonly error: FailureName | null;
  readonly clause: ClauseId;
}

/** How a load ends for one delegate. */
export type DelegateEnd =
  /** It is ready; `applied` is the last budget that TensorRT accepted, null when none was set. */
  | { readonly kind: 'loads'; readonly applied: bigint | null }
  | { readonly kind: 'fails'; readonly failure: LoadFailure }
  /** The load ends before it; `before` says where. */
  | { readonly kind: 'untouched'; readonly before: string };

/** How a load of a method ends, and for each of its delegates. */
export interface ExplainedLoad {
  /** Why the method does not load before or behind its delegates; null when that is not so. */
  readonly failure: LoadFailure | null;
  readonly delegates: readonly DelegateEnd[];
}

/** What a load is explained with. */
export interface LoadContext extends AutomaticContext {
  /** What is known of the data of a delegate. */
  readonly blobOf: (delegate: DelegateFile) => ExplainedBlob;
  readonly work: ReadingWork;
}

/**
 * Loads a method as the reference does, alone and on a device with as much memory as is said to be
 * free, or with plenty. A host is taken to have the other backends that a method needs, and an
 * engine that is not known here to load.
 */
export function explainLoad(
  file: MethodFile,
  options: readonly DeliveredOption[],
  known: LoadContext,
): ExplainedLoad {
  const free = known.freeBytes ?? PLENTY;
  const device = new SimulatedDevice({ totalBytes: free, freeBytes: free, faults: [] });
  const arenas = new PlannedArenas(device).take(file, STOCK_HOST) ?? failureOf(file.entryFault);
  if (arenas !== null) return untouched(file, arenas);

  let plan = standInPlan(null);
  const tensorRt = new SimulatedTensorRt(device, null, () => plan);
  const context: HostContext = {
    device,
    tensorRt,
    runtimes: new RuntimeSource(tensorRt, RUNTIMES_ANEW),
    rules: rulesUnder(known.policy),
    process: { budget: null },
    host: STOCK_HOST,
    warn: () => undefined,
  };
  const earlier: EngineHandle[] = [];
  const ends: (() => DelegateEnd)[] = [];
  for (const [index, delegate] of file.delegates.entries()) {
    const { blob, plan: ofEngine, bytesRead } = known.blobOf(delegate);
    known.work.take(bytesRead);
    plan = ofEngine ?? standInPlan(blob);
    const before = tensorRt.engines.length;
    const ready = isForeign(delegate)
      ? foreignFault(delegate)
      : prepared(delegate, options, context, earlier);
    if (ready !== null && !('handle' in ready)) {
      ends.push(() => ({ kind: 'fails', failure: ready }));
      const rest = file.delegates.slice(index + 1).map(() => untouchedBy(`delegate ${index} is rejected`));
      return { failure: null, delegates: [...ends.map((end) => end()), ...rest] };
    }
    if (ready !== null) earlier.push(ready.handle);
    // A later delegate may lower the budget of an earlier one.
    const record = tensorRt.engines[before] ?? null;
    ends.push(() => ({ kind: 'loads', applied: record?.applied ?? null }));
  }
  return { failure: failureOf(file.exitFault), delegates: ends.map((end) => end()) };
}

/** A load that ends before it comes to a delegate. */
export function untouched(file: MethodFile, failure: LoadFailure): ExplainedLoad {
  return { failure, delegates: file.delegates.map(() => untouchedBy('the load ends before any delegate')) };
}

function untouchedBy(before: string): DelegateEnd {
  return { kind: 'untouched', before };
}

/** Whether a delegate is for another backend. No host has a backend without a name. */
export function isForeign({ backend }: DelegateFile): boolean {
  return backend.ok && backend.value !== BACKEND_ID && backend.value !== '';
}

/** What ends the load of a delegate in a host that has its backend, before that is asked. */
function foreignFault({ data, compileSpecs }: DelegateFile): LoadFailure | null {
  return failureOf(data.ok ? null : data.fault) ?? failureOf(compileSpecs.ok ? null : compileSpecs.fault);
}

function failureOf(fault: LoadFailure | null): LoadFailure | null {
  return fault === null ? null : { error: fault.error, clause: fault.clause };
}

function prepared(
  delegate: DelegateFile,
  options: readonly DeliveredOption[],
  context: HostContext,
  earlier: readonly EngineHandle[],
): { readonly handle: EngineHandle } | LoadFailure {
  try {
    const given = { options, kept: { loads: [] }, because: [] };
    const ready: { readonly handle: EngineHandle } | Failure = prepareDelegate(
      delegate,
      given,
      context,
      earlier,
    );
    return 'error' in ready ? { error: ready.error, clause: ready.clause } : ready;
  } catch (error) {
    if (error instanceof UndefinedBehaviourError) return { error: null, clause: error.fault.clause };
    throw error;
  }
}
