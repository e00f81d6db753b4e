import { CUDA_MEMORY, LiveTensor, type LiveValue } from '../delegate/live-tensor.js';
import type { FailureName } from '../outcome/error-code.js';
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
  readonly from: LiveTensor;
  readonly to: LiveTensor;
}

/**
 * The copy that a call of an operator is; null for another operator, and for arguments that its
 * kernel does not expect.
 */
export function copyCall(operator: string, args: readonly (LiveValue | undefined)[]): CopyCall | null {
  if (!Object.hasOwn(COPY_OPERATORS, operator)) return null;
  const [from, to, result, ...more] = args;
  // What the operator gives back is the tensor that it writes.
  if (result !== to || more.length > 0) return null;
  if (!(from instanceof LiveTensor) || !(to instanceof LiveTensor)) return null;
  return { direction: COPY_OPERATORS[operator as keyof typeof COPY_OPERATORS], from, to };
}

/**
 * Copies a tensor; null when it went well (WSB-DEV-07).
 *
 * @throws UndefinedBehaviourError for a device of a type that ExecuTorch does not know, which ends
 *   the process.
 */
export function executeCopy(
  { direction, from, to }: CopyCall,
  { device, host }: Pick<HostContext, 'device' | 'host'>,
): FailureName | null {
  const [onHost, placed] = direction === 'to-device' ? [from, to] : [to, from];
  if (onHost.isTagged || !placed.isTagged) return 'InvalidArgument';
  if (to.resize(from.shape) !== null) return 'InvalidArgument';
  const { type, index } = placed.file.device;
  if (type !== CUDA_MEMORY) {
    throw new UndefinedBehaviourError(programFault('crash-hazard', `a copy is to a device of type ${type}`));
  }
  if (!host.allocator) return 'NotFound';
  if (from.data === 'none' || to.data === 'none') return 'Internal';
  const copied = onDevice(device, index, () => {
    if (from.bytes === 0n) return true;
    if (!device.succeeds('cudaMemcpy')) return false;
    if (placed.lies === 'device' && onHost.lies === 'host') {
      to.update = from.update;
      return true;
    }
    device.note('wrong-memory');
    return false;
  });
  return copied ? null : 'Internal';
}
