import { DeviceScope } from '../delegate/device-scope.js';
import { CUDA_MEMORY, HOST_MEMORY } from '../delegate/live-tensor.js';
import type { SimulatedDevice } from '../engine/simulated-device.js';
import type { DeviceTag, MethodFile } from '../program/program-file.js';
import type { HostProfile } from './host-profile.js';
import type { Failure } from './raise.js';

/** Bytes of planned memory that a host gives a method at most. */
export const PLANNED_MEMORY_LIMIT = 256n * 2n ** 20n;

const NO_ALLOCATOR: Failure = { error: 'NotFound', clause: 'WSB-DEV-04' };

/**
 * The arenas that a method's tensors are planned in. A host takes them before it loads the method.
 */
export class PlannedArenas {
  readonly #device: SimulatedDevice;
  /** Bytes and device of each arena in device memory. */
  readonly #taken: { readonly bytes: bigint; readonly index: number }[] = [];

  constructor(device: SimulatedDevice) {
    this.#device = device;
  }

  /**
   * Takes all of them; the error when a host can't, and then none is taken (WSB-DEV-04,
   * WSB-DEV-05).
   */
  take({ plannedBytes, plannedDevices }: MethodFile, host: HostProfile): Failure | null {
    const refused = refusePlan(plannedBytes);
    if (refused !== null) return refused;
    for (const [n, { type, index }] of plannedDevices.entries()) {
      if (type === HOST_MEMORY) continue;
      const failure =
        type === CUDA_MEMORY && host.allocator ? this.#takeOne(plannedBytes[n] ?? 0n, index) : NO_ALLOCATOR;
      if (failure !== null) {
        this.free();
        return failure;
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

  #takeOne(bytes: bigint, index: number): Failure | null {
    const taken = onDevice(
      this.#device,
      index,
      () => this.#device.succeeds('cudaMalloc') && (bytes === 0n || this.#device.take(bytes)),
    );
    if (!taken) return { error: 'MemoryAllocationFailed', clause: 'WSB-DEV-05' };
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
function refusePlan(plannedBytes: readonly bigint[]): Failure | null {
  let total = 0n;
  for (const bytes of plannedBytes) {
    if (bytes < 0n) return { error: 'InvalidProgram', clause: 'WSB-PROG-02' };
    total += bytes;
    if (total > PLANNED_MEMORY_LIMIT) return { error: 'MemoryAllocationFailed', clause: 'WSB-PROG-02' };
  }
  return null;
}
