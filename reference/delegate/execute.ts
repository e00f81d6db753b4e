import type { SimulatedEngine } from '../engine/simulated-engine.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { FailureName } from '../outcome/error-code.js';
import { judgeArguments } from '../rules/judge-arguments.js';
import { ContextShapes } from './context-shapes.js';
import { DeviceScope } from './device-scope.js';
import { LiveTensor, type LiveValue } from './live-tensor.js';
import type { TensorRole } from '../rules/rules.js';
import type { EngineHandle } from './engine-handle.js';
import type { ReadyInput } from './read-profiles.js';

const MAX_SIZE = 2n ** 31n - 1n;

/** A delegate whose init ended well. */
export interface ReadyDelegate {
  readonly handle: EngineHandle;
  readonly engine: SimulatedEngine;
  readonly inputs: readonly ReadyInput[];
}

/** How an execution fails, and the clause that says so. */
export interface ExecutionFault {
  readonly error: FailureName;
  readonly clause: ClauseId;
}

/**
 * Executes a delegate once; null when it went well. Its arguments are judged before anything else.
 * No budget call is made and no context created (WSB-LIFE-09). Tensors in device memory are
 * used where they are (WSB-DEV-02).
 */
export function executeDelegate(
  delegate: ReadyDelegate,
  args: readonly (LiveValue | undefined)[],
): ExecutionFault | null {
  const { handle } = delegate;
  const given = args.map((arg) => (arg instanceof LiveTensor ? arg.file.scalarType : null));
  const clause = judgeArguments(given, typesOf(delegate), handle.rules);
  if (clause !== null) return { error: 'InvalidArgument', clause };
  const scope = new DeviceScope(handle.device);
  const isThere = handle.device.current === handle.deviceId || scope.set(handle.deviceId);
  const error = isThere ? run(delegate, args) : 'InvalidProgram';
  if (isThere) scope.restore();
  return error === null ? null : { error, clause: handle.context === null ? 'WSB-SET-15' : 'WSB-LIFE-10' };
}

/** TensorRT's type of each tensor that a delegate is called with. */
function typesOf({ handle, engine }: ReadyDelegate): readonly number[] {
  return [...handle.names.inputs, ...handle.names.outputs].map((name) => engine.getTensorDataType(name));
}

function run(
  { handle, engine, inputs }: ReadyDelegate,
  args: readonly (LiveValue | undefined)[],
): FailureName | null {
  // A change of the budget that failed twice (WSB-SET-15).
  if (handle.context === null) return handle.rules.setOption.needsContext ? 'InvalidState' : null;
  const shapes = new ContextShapes(engine);
  for (const [n, input] of inputs.entries()) {
    const error = bindInput(handle, shapes, input, args[n]);
    if (error !== null) return error;
  }
  if (!shapes.areKnown()) return 'InvalidState';
  for (const [n, name] of handle.names.outputs.entries()) {
    const error = bindOutput(handle, shapes, name, args[inputs.length + n]);
    if (error !== null) return error;
  }
  const given = args.slice(0, inputs.length).filter((arg) => arg instanceof LiveTensor);
  const written = args
    .slice(inputs.length, inputs.length + handle.names.outputs.length)
    .filter((arg) => arg instanceof LiveTensor);
  // WSB-DEV-02
  if (
    !handle.device.isIntegrated &&
    (given.some((tensor) => isHostTakenForDevice(tensor, 'input')) ||
      written.some((tensor) => isHostTakenForDevice(tensor, 'output')))
  ) {
    handle.device.note('wrong-memory');
  }
  // WSB-LIFE-10
  const bound = boundMemory({ handle, engine, inputs }, args);
  if (!handle.context.enqueueV3(bound)) return 'InvalidState';
  for (const [n, name] of handle.names.outputs.entries()) {
    const arg = args[inputs.length + n];
    // What was updated over an input is copied to an output elsewhere. Staging memory holds
    // anything.
    if (arg instanceof LiveTensor) arg.update = bound.get(name)?.update ?? 0;
  }
  return comesOut({ handle, engine, inputs }, args) && isFinished(handle) ? null : 'InvalidProgram';
}

/** Whether what the engine wrote to its outputs is where the program looks for it. */
function comesOut({ handle, inputs }: ReadyDelegate, args: readonly (LiveValue | undefined)[]): boolean {
  return handle.names.outputs.every((name, n) => {
    const arg = args[inputs.length + n];
    if (!(arg instanceof LiveTensor)) return true;
    const aliased = handle.aliasedOutputs.get(name);
    const isElsewhere =
      aliased === undefined
        ? !handle.sharesMemory && !arg.isTakenForDevice('output')
        : args[handle.names.inputs.indexOf(aliased)] !== arg;
    return isElsewhere ? copies(handle, arg, 'output') : hasData(arg) && canCopy(handle, arg, 'output');
  });
}

/** Copies an input to where the engine reads it, or an output from where the engine wrote it. */
function copies(handle: EngineHandle, tensor: LiveTensor, role: TensorRole): boolean {
  const isCopied = tensor.bytes === 0n || handle.device.succeeds('cudaMemcpyAsync');
  return isCopied && hasData(tensor) && canCopy(handle, tensor, role);
}

/** Whether CUDA says that all is done. */
function isFinished({ device }: EngineHandle): boolean {
  return device.succeeds('cudaEventRecord') && device.succeeds('cudaEventSynchronize');
}

/** The memory that each tensor of the engine is bound to; null for staging memory (WSB-LIFE-17). */
function boundMemory(
  { handle, inputs }: ReadyDelegate,
  args: readonly (LiveValue | undefined)[],
): ReadonlyMap<string, LiveTensor | null> {
  const own = (arg: LiveValue | undefined, as: 'input' | 'output'): LiveTensor | null =>
    arg instanceof LiveTensor && arg.isTakenForDevice(as) ? arg : null;
  const bound = new Map(handle.names.inputs.map((name, n) => [name, own(args[n], 'input')]));
  for (const [n, name] of handle.names.outputs.entries()) {
    const input = handle.aliasedOutputs.get(name);
    const ownMemory = own(args[inputs.length + n], 'output');
    bound.set(name, input === undefined ? ownMemory : (bound.get(input) ?? null));
  }
  return bound;
}

function bindInput(
  handle: EngineHandle,
  shapes: ContextShapes,
  { binding, bounds }: ReadyInput,
  arg: LiveValue | undefined,
): FailureName | null {
  if (!(arg instanceof LiveTensor)) return 'InvalidArgument';
  const { shape } = arg;
  const fits = (size: number, d: number): boolean =>
    size >= Number(bounds.min[d]) && size <= Number(bounds.max[d]);
  // A profile has at most 8 dimensions, so this refuses what TensorRT cannot take too.
  if (shape.length !== bounds.min.length || !shape.every(fits)) return 'InvalidArgument';
  if (!shapes.set(binding, shape)) return 'InvalidState';
  if (handle.sharesMemory || arg.isTakenForDevice('input')) return null;
  // Staging memory is read again at the next execution, so what an output writes over it would be
  // lost.
  if (handle.aliasedInputs.has(binding.name)) return 'InvalidArgument';
  if (!handle.staging(`input ${binding.name}`).reserve(arg.bytes)) return 'MemoryAllocationFailed';
  return copies(handle, arg, 'input') ? null : 'InvalidProgram';
}

function bindOutput(
  handle: EngineHandle,
  shapes: ContextShapes,
  name: string,
  arg: LiveValue | undefined,
): FailureName | null {
  if (!(arg instanceof LiveTensor)) return 'InvalidArgument';
  const shape = shapes.output(name);
  if (shape === null || shape.some((size) => size < 0n || size > MAX_SIZE)) return 'InvalidState';
  const error = isScalar(arg, shape) ? null : arg.resize(shape.map(Number));
  if (error !== null) return error;
  // What is written over an input lies there.
  if (handle.aliasedOutputs.has(name) || handle.sharesMemory || arg.isTakenForDevice('output')) return null;
  return handle.staging(`output ${name}`).reserve(arg.bytes) ? null : 'MemoryAllocationFailed';
}

function isHostTakenForDevice(tensor: LiveTensor, role: TensorRole): boolean {
  return tensor.isMistaken(role) && tensor.isTakenForDevice(role);
}

/** TensorRT has a scalar as one element of rank 1; ExecuTorch cannot change a rank of 0. */
function isScalar(tensor: LiveTensor, shape: readonly bigint[]): boolean {
  return tensor.shape.length === 0 && shape.length === 1 && shape[0] === 1n;
}

/** Whether there is memory that CUDA can copy from or to; an empty tensor needs none. */
function hasData(value: LiveValue | undefined): boolean {
  return value instanceof LiveTensor && (value.data !== 'none' || value.bytes === 0n);
}

/**
 * Whether CUDA copies to or from a tensor that was taken for one of the host: only when it is one.
 */
function canCopy(handle: EngineHandle, tensor: LiveTensor, role: TensorRole): boolean {
  if (tensor.isTakenForDevice(role) || !tensor.isMistaken(role)) return true;
  handle.device.note('wrong-memory');
  return false;
}
