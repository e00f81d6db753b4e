import type { Leaks, Violation } from '../outcome/outcome.js';
import type { Device, Fault, HostMemory } from '../request/load-request.js';

/** An object of TensorRT or CUDA that is counted while it lives. */
export type LiveObject = keyof Leaks;

/**
 * A device that begins with that much free memory, more than any real one has, stands for one of
 * which nobody knows how much it has.
 */
export const UNLIMITED_BYTES = 2n ** 40n;

/**
 * The device of one request: its memory in bytes, the calls that it lets fail, what is alive on it
 * and what was done to it that a conforming delegate never does.
 */
export class SimulatedDevice {
  readonly violations: Violation[] = [];
  /**
   * The CUDA device that is current; a device is one number here, and all of them share the memory.
   */
  current = 0;
  readonly #isLimited: boolean;
  #deviceOfStep = 0;
  readonly #told: ((call: Fault['call']) => void) | null;
  readonly #faults: readonly Fault[];
  readonly #calls = new Map<Fault['call'], number>();
  readonly #live: Record<LiveObject, number> = {
    runtimes: 0,
    engines: 0,
    contexts: 0,
    events: 0,
    allocations: 0,
  };
  #freeBytes: bigint;
  /** What others give back when the memory is needed. */
  #reclaimable = 0n;
  readonly #hostMemory: HostMemory | undefined;

  /** @param told is told of each call that a fault can make fail, before it ends */
  constructor(device: Device, told: ((call: Fault['call']) => void) | null = null) {
    this.#told = told;
    this.#faults = device.faults;
    this.#freeBytes = device.freeBytes;
    this.#isLimited = device.freeBytes < UNLIMITED_BYTES;
    this.#hostMemory = device.hostMemory;
    const { availableBytes } = device.hostMemory ?? { availableBytes: 0n };
    if (this.isIntegrated && availableBytes > device.freeBytes)
      this.#reclaimable = availableBytes - device.freeBytes;
  }

  /** What `cudaMemGetInfo` counts. */
  get freeBytes(): bigint {
    return this.#freeBytes;
  }

  /** As if others took or gave back the difference. */
  set freeBytes(bytes: bigint) {
    this.#freeBytes = bytes;
  }

  /** What can be taken. */
  get availableBytes(): bigint {
    return this.#freeBytes + this.#reclaimable;
  }

  /** Whether the device shares the memory of the host. */
  get isIntegrated(): boolean {
    return this.#hostMemory !== undefined && this.#hostMemory.kind !== 'separate';
  }

  /** What the system says is available, in whole KiB as it does; null when it does not tell. */
  get toldBytes(): bigint | null {
    switch (this.#hostMemory?.kind) {
      case 'separate':
        return inKibibytes(this.#hostMemory.availableBytes);
      case 'shared':
        return inKibibytes(this.availableBytes);
      case 'shared-untold':
      case undefined:
        return null;
    }
  }

  /**
   * What `cudaMemGetInfo` says is free; null when it fails, as it does where a case does not limit
   * the memory.
   */
  get knownFreeBytes(): bigint | null {
    return this.#isLimited ? this.#freeBytes : null;
  }

  /** What is alive. */
  get live(): Leaks {
    return { ...this.#live };
  }

  /** Counts a call over the whole request; false when it is to fail. */
  succeeds(call: Fault['call']): boolean {
    this.#told?.(call);
    if (this.#faults.length === 0) return true;
    const occurrence = (this.#calls.get(call) ?? 0) + 1;
    this.#calls.set(call, occurrence);
    return !this.#faults.some((fault) => fault.call === call && fault.occurrence === occurrence);
  }

  /**
   * Takes memory, what is free first; false, with nothing taken, when less than that and `headroom`
   * can be taken.
   */
  take(bytes: bigint, headroom = 0n): boolean {
    if (bytes + headroom > this.availableBytes) return false;
    const reclaimed = bytes > this.#freeBytes ? bytes - this.#freeBytes : 0n;
    this.#reclaimable -= reclaimed;
    this.#freeBytes -= bytes - reclaimed;
    return true;
  }

  /** Gives back memory that was taken. */
  give(bytes: bigint): void {
    this.#freeBytes += bytes;
  }

  created(object: LiveObject): void {
    this.#live[object]++;
  }

  destroyed(object: LiveObject): void {
    this.#live[object]--;
  }

  /** Ends a step: it should have left the device current that it found (WSB-LIFE-13). */
  endStep(): void {
    if (this.current !== this.#deviceOfStep) this.note('device-left-changed');
    this.#deviceOfStep = this.current;
  }

  note(violation: Violation): void {
    this.violations.push(violation);
  }
}

function inKibibytes(bytes: bigint): bigint {
  return (bytes / 1024n) * 1024n;
}
