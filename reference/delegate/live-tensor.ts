import type { FailureName } from '../outcome/error-code.js';
import type { TensorFile, ValueFile } from '../program/program-file.js';

/** A value of a loaded method, as it is while the method runs. */
export type LiveValue = LiveTensor | Exclude<ValueFile, TensorFile>;

/** A tensor of a loaded method: its shape can change, and so can where its data is. */
export class LiveTensor {
  readonly kind = 'tensor';
  /** Where its data is: nowhere, in memory that is its own, or in the file. */
  data: 'none' | 'memory' | 'constant';
  #shape: readonly number[];

  constructor(readonly file: TensorFile) {
    this.#shape = file.shape;
    this.data = file.place === 'caller' ? 'none' : file.place === 'planned' ? 'memory' : 'constant';
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
