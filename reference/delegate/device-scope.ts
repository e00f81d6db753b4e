import type { SimulatedDevice } from '../engine/simulated-device.js';

/** Makes another CUDA device current for a while. */
export class DeviceScope {
  readonly #device: SimulatedDevice;
  readonly #entry: number;

  constructor(device: SimulatedDevice) {
    this.#device = device;
    this.#entry = device.current;
  }

  /** `cudaSetDevice`; false when it fails, as for a negative number, and then nothing changes. */
  set(id: number): boolean {
    if (!this.#device.succeeds('cudaSetDevice') || id < 0) return false;
    this.#device.current = id;
    return true;
  }

  /** Makes the device current that was so at the start. */
  restore(): void {
    if (this.#device.current !== this.#entry) this.set(this.#entry);
  }
}
