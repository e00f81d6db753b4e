import type { SimulatedDevice } from '../engine/simulated-device.js';

/**
 * Device memory that holds a tensor while the caller's is in host memory. It grows, and stays until
 * the delegate is destroyed.
 */
export class StagingBuffer {
  readonly #device: SimulatedDevice;
  #bytes = 0n;

  constructor(device: SimulatedDevice) {
    this.#device = device;
  }

  /** Makes room for a tensor of so many bytes, at least one; false when there is no memory. */
  reserve(bytes: bigint): boolean {
    const needed = bytes > 0n ? bytes : 1n;
    if (needed <= this.#bytes) return true;
    this.free();
    if (!this.#device.succeeds('cudaMalloc') || !this.#device.take(needed)) return false;
    this.#device.created('allocations');
    this.#bytes = needed;
    return true;
  }

  free(): void {
    if (this.#bytes === 0n) return;
    this.#device.destroyed('allocations');
    this.#device.give(this.#bytes);
    this.#bytes = 0n;
  }
}
