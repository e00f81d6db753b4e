import { CUDA_MEMORY, HOST_MEMORY, type ExecutionTensors } from '../delegate/execution-tensors.js';
import type { FailureName } from '../outcome/error-code.js';
import type { ArgumentFile, TensorFile } from '../program/program-file.js';
import { programFault } from '../program/program-fault.js';
import type { HostContext } from './host-profile.js';
import { onDevice } from './planned-arenas.js';
import { UndefinedBehaviourError } from './undefined-behaviour-error.js';

/** The operators that copy a tensor to a device and back. */
const COPY_OPERATORS = {
  'et_copy::_h2d_copy.out': 'to-device',
  'et_copy::_d2h_copy.out': 'to-host',
} as const;

/** A copy between host and device: its direction and both of its tensors. */
export interface CopyCall {
  readonly direction: (typeof COPY_OPERATORS)[keyof typeof COPY_OPERATORS];
  readonly from: TensorFile;
  readonly to: TensorFile;
}

/** The copy that a call of an operator is; null for another operator, and for arguments that its kernel does not expect. */
export function copyCall(operator: string, args: readonly ArgumentFile[]): CopyCall | null {
  if (!Object.hasOwn(COPY_OPERATORS, operator)) return null;
  const [from, to, result, ...more] = args;
  // What the operator gives back is the tensor that it writes.
  if (from?.kind !== 'tensor' || to?.kind !== 'tensor' || result !== to || more.length > 0) return null;
  return { direction: COPY_OPERATORS[operator as keyof typeof COPY_OPERATORS], from, to };
}

/**
 * Copies a tensor; null when it went well (WSB-DEV-07).
 *
 * @throws UndefinedBehaviourError for a device of a type that ExecuTorch does not know, which ends the process.
 */
export function executeCopy(
  { direction, from, to }: CopyCall,
  tensors: ExecutionTensors,
  { device, host }: Pick<HostContext, 'device' | 'host'>,
): FailureName | null {
  const [onHost, placed] = direction === 'to-device' ? [from, to] : [to, from];
  if (onHost.device.type !== HOST_MEMORY || placed.device.type === HOST_MEMORY) return 'InvalidArgument';
  if (!tensors.resize(to, tensors.shapeOf(from))) return 'InvalidArgument';
  const { type, index } = placed.device;
  if (type !== CUDA_MEMORY) {
    throw new UndefinedBehaviourError(programFault('crash-hazard', `a copy is to a device of type ${type}`));
  }
  if (!host.allocator) return 'NotFound';
  const memories = [tensors.memoryOf(placed), tensors.memoryOf(onHost)];
  if (memories.includes(null)) return 'Internal';
  const copied = onDevice(device, index, () => {
    if (tensors.bytesOf(from) === 0n) return true;
    if (!device.succeeds('cudaMemcpy')) return false;
    if (memories[0] === 'device' && memories[1] === 'host') return true;
    device.note('wrong-memory');
    return false;
  });
  return copied ? null : 'Internal';
}
