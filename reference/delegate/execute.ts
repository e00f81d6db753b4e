import type { SimulatedEngine } from '../engine/simulated-engine.js';
import type { FailureName } from '../outcome/error-code.js';
import type { ArgumentFile, TensorFile } from '../program/program-file.js';
import { ContextShapes } from './context-shapes.js';
import { DeviceScope } from './device-scope.js';
import type { EngineHandle } from './engine-handle.js';
import type { ReadyInput } from './read-profiles.js';

const MAX_SIZE = 2n ** 31n - 1n;

/** A delegate whose init ended well. */
export interface ReadyDelegate {
  readonly handle: EngineHandle;
  readonly engine: SimulatedEngine;
  readonly inputs: readonly ReadyInput[];
}

/**
 * Executes a delegate once, on tensors in host memory; null when it went well. No budget call is
 * made and no context created (WSB-LIFE-09).
 */
export function executeDelegate(delegate: ReadyDelegate, args: readonly ArgumentFile[]): FailureName | null {
  const { handle, inputs } = delegate;
  if (args.length < inputs.length + handle.names.outputs.length) return 'InvalidArgument';
  const scope = new DeviceScope(handle.device);
  if (handle.device.current !== handle.deviceId && !scope.set(handle.deviceId)) return 'InvalidProgram';
  const error = run(delegate, args);
  scope.restore();
  return error;
}

function run({ handle, engine, inputs }: ReadyDelegate, args: readonly ArgumentFile[]): FailureName | null {
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
  // WSB-LIFE-10
  return handle.context?.enqueueV3() === true ? null : 'InvalidState';
}

function bindInput(
  handle: EngineHandle,
  shapes: ContextShapes,
  { binding, bounds }: ReadyInput,
  arg: ArgumentFile | undefined,
): FailureName | null {
  if (arg?.kind !== 'tensor') return 'InvalidArgument';
  const { shape } = arg;
  const fits = (size: number, d: number): boolean =>
    size >= Number(bounds.min[d]) && size <= Number(bounds.max[d]);
  // A profile has at most 8 dimensions, so this refuses what TensorRT cannot take too.
  if (shape.length !== bounds.min.length || !shape.every(fits)) return 'InvalidArgument';
  if (!shapes.set(binding, shape)) return 'InvalidState';
  // Staging memory is read again at the next execution, so what an output writes over it would be
  // lost.
  if (handle.aliasedInputs.has(binding.name)) return 'InvalidArgument';
  const bytes = product(shape.map(BigInt)) * BigInt(arg.elementBytes);
  return handle.staging(`input ${binding.name}`).reserve(bytes) ? null : 'MemoryAllocationFailed';
}

function bindOutput(
  handle: EngineHandle,
  shapes: ContextShapes,
  name: string,
  arg: ArgumentFile | undefined,
): FailureName | null {
  if (arg?.kind !== 'tensor') return 'InvalidArgument';
  const shape = shapes.output(name);
  if (shape === null || shape.some((size) => size < 0n || size > MAX_SIZE)) return 'InvalidState';
  if (!isScalar(arg, shape) && !canTake(arg, shape)) return 'NotSupported';
  const bytes = product(shape) * BigInt(arg.elementBytes);
  return handle.staging(`output ${name}`).reserve(bytes) ? null : 'MemoryAllocationFailed';
}

/** TensorRT has a scalar as one element of rank 1; ExecuTorch cannot change a rank of 0. */
function isScalar(tensor: TensorFile, shape: readonly bigint[]): boolean {
  return tensor.shape.length === 0 && shape.length === 1 && shape[0] === 1n;
}

/**
 * Whether ExecuTorch lets a tensor take a shape: a static one its own alone, a dynamic one any that
 * is not larger.
 */
function canTake(tensor: TensorFile, shape: readonly bigint[]): boolean {
  if (shape.length !== tensor.shape.length) return false;
  const own = tensor.shape.map(BigInt);
  return tensor.dynamic ? product(shape) <= product(own) : shape.every((size, d) => size === own[d]);
}

function product(shape: readonly bigint[]): bigint {
  return shape.reduce((count, size) => count * size, 1n);
}
