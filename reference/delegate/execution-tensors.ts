import type { PlaceRule } from '../rules/rules.js';
import type { MethodFile, TensorFile } from '../program/program-file.js';

/** Device type of host memory, as ExecuTorch numbers them. */
export const HOST_MEMORY = 0;
/** Device type of CUDA memory. */
export const CUDA_MEMORY = 1;

/** The tensors of a method while it is executed: the shapes that they have taken, and the memory that they lie in. */
export class ExecutionTensors {
  readonly #method: Pick<MethodFile, 'plannedDevices' | 'inputs' | 'outputs'>;
  readonly #placeOf: PlaceRule;
  readonly #shapes = new Map<TensorFile, readonly number[]>();

  constructor(method: Pick<MethodFile, 'plannedDevices' | 'inputs' | 'outputs'>, placeOf: PlaceRule) {
    this.#method = method;
    this.#placeOf = placeOf;
  }

  /** Whether the delegate takes a tensor for one in device memory; an empty one has no place. */
  takenForDevice(tensor: TensorFile): boolean {
    const lies = this.memoryOf(tensor) ?? 'host';
    const isTagged = tensor.device.type !== HOST_MEMORY;
    return this.bytesOf(tensor) > 0n && this.#placeOf(lies, isTagged) === 'device';
  }

  /** Whether what the delegate takes a tensor for is not what it is. */
  isMistaken(tensor: TensorFile): boolean {
    const lies = this.bytesOf(tensor) > 0n ? this.memoryOf(tensor) : null;
    return lies !== null && (lies === 'device') !== this.takenForDevice(tensor);
  }

  /** The shape that a tensor has now: the largest, until it takes another. */
  shapeOf(tensor: TensorFile): readonly number[] {
    return this.#shapes.get(tensor) ?? tensor.shape;
  }

  /** Has a tensor take a shape, as ExecuTorch lets it: a static one its own alone, a dynamic one any that is not larger. */
  resize(tensor: TensorFile, shape: readonly number[]): boolean {
    if (shape.length !== tensor.shape.length) return false;
    const fits = tensor.dynamic
      ? count(shape) <= count(tensor.shape)
      : shape.every((size, d) => size === tensor.shape[d]);
    if (fits) this.#shapes.set(tensor, shape);
    return fits;
  }

  bytesOf(tensor: TensorFile): bigint {
    return count(this.shapeOf(tensor)) * BigInt(tensor.elementBytes);
  }

  /** The memory that a tensor lies in; null when nobody gave it any. What a caller brings is in host memory. */
  memoryOf(tensor: TensorFile): 'host' | 'device' | null {
    const { memory } = tensor;
    const { plannedDevices, inputs, outputs } = this.#method;
    switch (memory.kind) {
      case 'planned':
        return plannedDevices[memory.arena]?.type === HOST_MEMORY ? 'host' : 'device';
      case 'constant':
        return 'host';
      case 'none':
        return inputs.includes(tensor) || outputs.includes(tensor) ? 'host' : null;
    }
  }
}

function count(shape: readonly number[]): bigint {
  return shape.reduce((elements, size) => elements * BigInt(size), 1n);
}
