import { DeviceScope } from '../delegate/device-scope.js';
import { CUDA_MEMORY, HOST_MEMORY } from '../delegate/execution-tensors.js';
import type { SimulatedDevice } from '../engine/simulated-device.js';
import type { FailureName } from '../outcome/error-code.js';
import type { DeviceTag, MethodFile } from '../program/program-file.js';
import type { HostProfile } from './host-profile.js';

/** Bytes of planned memory that a host gives a method at most. */
export const PLANNED_MEMORY_LIMIT = 256n * 2n ** 20n;

/** The arenas that a method's tensors are planned in. A host takes them before it loads the method. */
export class PlannedArenas {
  readonly #device: SimulatedDevice;
  /** Bytes and device of each arena in device memory. */
  readonly #taken: { readonly bytes: bigint; readonly index: number }[] = [];

  constructor(device: SimulatedDevice) {
    this.#device = device;
  }

  /** Takes all of them; the error when a host can't, and then none is taken (WSB-DEV-04, WSB-DEV-05). */
  take({ plannedBytes, plannedDevices }: MethodFile, host: HostProfile): FailureName | null {
    const refused = refusePlan(plannedBytes);
    if (refused !== null) return refused;
    for (const [n, { type, index }] of plannedDevices.entries()) {
      if (type === HOST_MEMORY) continue;
      const error =
        type === CUDA_MEMORY && host.allocator ? this.#takeOne(plannedBytes[n] ?? 0n, index) : 'NotFound';
      if (error !== null) {
        this.free();
        return error;
      }
    }
    return null;
  }

  /** Frees what was taken (WSB-DEV-03). */
  free(): void {
    for (const { bytes, index } of this.#taken.splice(0)) {
      if (bytes === 0n) continue;
      onDevice(this.#device, index, () => {
        this.#device.destroyed('allocations');
        this.#device.give(bytes);
      });
    }
  }

  #takeOne(bytes: bigint, index: number): FailureName | null {
    const taken = onDevice(
      this.#device,
      index,
      () => this.#device.succeeds('cudaMalloc') && (bytes === 0n || this.#device.take(bytes)),
    );
    if (!taken) return 'MemoryAllocationFailed';
    if (bytes > 0n) this.#device.created('allocations');
    this.#taken.push({ bytes, index });
    return null;
  }
}

/** Does something with a device current; a negative index stands for the one that is. */
export function onDevice<T>(device: SimulatedDevice, index: DeviceTag['index'], action: () => T): T {
  const scope = new DeviceScope(device);
  const changes = index >= 0 && index !== device.current;
  const entry = device.current;
  if (changes) scope.set(index);
  const result = action();
  if (changes) scope.set(entry);
  return result;
}

/** Why a host cannot provide arenas of these sizes; null when it can. */
function refusePlan(plannedBytes: readonly bigint[]): FailureName | null {
  let total = 0n;
  for (const bytes of plannedBytes) {
    if (bytes < 0n) return 'InvalidProgram';
    total += bytes;
    if (total > PLANNED_MEMORY_LIMIT) return 'MemoryAllocationFailed';
  }
  return null;
}
