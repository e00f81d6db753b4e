import type { SimulatedEngine } from '../engine/simulated-engine.js';
import type { FailureName } from '../outcome/error-code.js';
import type { ArgumentFile, TensorFile } from '../program/program-file.js';
import { ContextShapes } from './context-shapes.js';
import { DeviceScope } from './device-scope.js';
import type { EngineHandle } from './engine-handle.js';
import type { ExecutionTensors } from './execution-tensors.js';
import type { ReadyInput } from './read-profiles.js';

const MAX_SIZE = 2n ** 31n - 1n;

/** A delegate whose init ended well. */
export interface ReadyDelegate {
  readonly handle: EngineHandle;
  readonly engine: SimulatedEngine;
  readonly inputs: readonly ReadyInput[];
}

/**
 * Executes a delegate once; null when it went well. No budget call is made and no context created (WSB-LIFE-09). Tensors in device
 * memory are used where they are (WSB-DEV-02).
 */
export function executeDelegate(
  delegate: ReadyDelegate,
  args: readonly ArgumentFile[],
  tensors: ExecutionTensors,
): FailureName | null {
  const { handle, inputs } = delegate;
  if (args.length < inputs.length + handle.names.outputs.length) return 'InvalidArgument';
  const scope = new DeviceScope(handle.device);
  if (handle.device.current !== handle.deviceId && !scope.set(handle.deviceId)) return 'InvalidProgram';
  const error = run(delegate, args, tensors);
  scope.restore();
  return error;
}

function run(
  { handle, engine, inputs }: ReadyDelegate,
  args: readonly ArgumentFile[],
  tensors: ExecutionTensors,
): FailureName | null {
  const binding: Binding = { handle, shapes: new ContextShapes(engine), tensors };
  for (const [n, input] of inputs.entries()) {
    const error = bindInput(binding, input, args[n]);
    if (error !== null) return error;
  }
  if (!binding.shapes.areKnown()) return 'InvalidState';
  for (const [n, name] of handle.names.outputs.entries()) {
    const error = bindOutput(binding, name, args[inputs.length + n]);
    if (error !== null) return error;
  }
  const tensorArgs = args.filter((arg) => arg.kind === 'tensor');
  // WSB-DEV-02
  const bound = tensorArgs.filter((arg) => tensors.takenForDevice(arg));
  if (bound.some((arg) => tensors.isMistaken(arg))) handle.device.note('wrong-memory');
  // WSB-LIFE-10
  return handle.context?.enqueueV3() === true ? null : 'InvalidState';
}

/** What tensors are bound with. */
interface Binding {
  readonly handle: EngineHandle;
  readonly shapes: ContextShapes;
  readonly tensors: ExecutionTensors;
}

function bindInput(
  { handle, shapes, tensors }: Binding,
  { binding, bounds }: ReadyInput,
  arg: ArgumentFile | undefined,
): FailureName | null {
  if (arg?.kind !== 'tensor') return 'InvalidArgument';
  const shape = tensors.shapeOf(arg);
  const fits = (size: number, d: number): boolean =>
    size >= Number(bounds.min[d]) && size <= Number(bounds.max[d]);
  // A profile has at most 8 dimensions, so this refuses what TensorRT cannot take too.
  if (shape.length !== bounds.min.length || !shape.every(fits)) return 'InvalidArgument';
  if (!shapes.set(binding, shape)) return 'InvalidState';
  if (tensors.takenForDevice(arg)) return null;
  // Staging memory is read again at the next execution, so what an output writes over it would be lost.
  if (handle.aliasedInputs.has(binding.name)) return 'InvalidArgument';
  if (!handle.staging(`input ${binding.name}`).reserve(tensors.bytesOf(arg))) return 'MemoryAllocationFailed';
  return copyIn(handle, tensors, arg);
}

function bindOutput(
  { handle, shapes, tensors }: Binding,
  name: string,
  arg: ArgumentFile | undefined,
): FailureName | null {
  if (arg?.kind !== 'tensor') return 'InvalidArgument';
  const shape = shapes.output(name);
  if (shape === null || shape.some((size) => size < 0n || size > MAX_SIZE)) return 'InvalidState';
  if (!isScalar(arg, shape) && !tensors.resize(arg, shape.map(Number))) return 'NotSupported';
  // What is written over an input lies there.
  if (handle.aliasedOutputs.has(name) || tensors.takenForDevice(arg)) return null;
  return handle.staging(`output ${name}`).reserve(tensors.bytesOf(arg)) ? null : 'MemoryAllocationFailed';
}

/** Copies a tensor into staging memory, as one of the host: device memory is refused. */
function copyIn(handle: EngineHandle, tensors: ExecutionTensors, tensor: TensorFile): FailureName | null {
  if (!tensors.isMistaken(tensor)) return null;
  handle.device.note('wrong-memory');
  return 'InvalidProgram';
}

/** TensorRT has a scalar as one element of rank 1; ExecuTorch cannot change a rank of 0. */
function isScalar(tensor: TensorFile, shape: readonly bigint[]): boolean {
  return tensor.shape.length === 0 && shape.length === 1 && shape[0] === 1n;
}
