import type { FailureName } from '../outcome/error-code.js';
import type { TensorFile, ValueFile } from '../program/program-file.js';
import type { PlaceRule, TensorRole } from '../rules/rules.js';

/** Device types as ExecuTorch numbers them: the memory of the host, and that of a CUDA device. */
export const HOST_MEMORY = 0;
export const CUDA_MEMORY = 1;

/** A value of a loaded method, as it is while the method runs. */
export type LiveValue = LiveTensor | Exclude<ValueFile, TensorFile>;

/**
 * The memory that a planned tensor was given: on the host, on a device, or none in an empty arena
 * there.
 */
export type PlannedMemory = 'host' | 'device' | 'none';

/** A tensor of a loaded method: its shape can change, and so can where its data is. */
export class LiveTensor {
  readonly kind = 'tensor';
  /** Where its data is: nowhere, in memory that is its own, or in the file. */
  data: 'none' | 'memory' | 'constant';
  /** What an engine that updates in place left there; 0 where anything else is there. */
  update = 0;
  #shape: readonly number[];

  readonly #planned: PlannedMemory;
  readonly #placeOf: PlaceRule;

  constructor(
    readonly file: TensorFile,
    planned: PlannedMemory,
    placeOf: PlaceRule,
  ) {
    this.#shape = file.shape;
    this.#planned = planned;
    this.#placeOf = placeOf;
    const own = planned === 'none' ? 'none' : 'memory';
    this.data = file.place === 'caller' ? 'none' : file.place === 'planned' ? own : 'constant';
  }

  /** The memory that its data is in; what a caller brings is the host's. */
  get lies(): 'host' | 'device' {
    return this.file.place === 'planned' && this.#planned === 'device' ? 'device' : 'host';
  }

  /** Whether the program tags it for a device, wherever it lies. */
  get isTagged(): boolean {
    return this.file.device.type !== HOST_MEMORY;
  }

  /** Whether a delegate takes it for one in device memory; an empty one has no place. */
  isTakenForDevice(role: TensorRole): boolean {
    return this.bytes > 0n && this.#placeOf(this.lies, this.isTagged, role) === 'device';
  }

  /** Whether a delegate takes it for what it is not. */
  isMistaken(role: TensorRole): boolean {
    return this.bytes > 0n && this.isTakenForDevice(role) !== (this.lies === 'device');
  }

  get shape(): readonly number[] {
    return this.#shape;
  }

  get bytes(): bigint {
    return elementsOf(this.#shape) * BigInt(this.file.elementBytes);
  }

  /** `resize_tensor`; null when it went well. */
  resize(shape: readonly number[]): FailureName | null {
    if (shape.length !== this.#shape.length) return 'NotSupported';
    switch (this.file.dynamism) {
      case 'static':
        return shape.every((size, d) => size === this.#shape[d]) ? null : 'NotSupported';
      case 'bounded':
        if (elementsOf(shape) > elementsOf(this.file.shape)) return 'NotSupported';
        this.#shape = shape;
        return null;
      case 'unknown':
        return null;
    }
  }
}

function elementsOf(shape: readonly number[]): bigint {
  return shape.reduce((count, size) => count * BigInt(size), 1n);
}
