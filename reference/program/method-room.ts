/**
 * Bytes of memory that a host of the suite gives ExecuTorch for a method, beside the arenas that
 * are planned.
 */
const METHOD_BYTES = 256 * 2 ** 20;

/** The memory that the runtime makes a method from, list by list. */
export class MethodRoom {
  #left = METHOD_BYTES;

  /** Takes a list of `count` elements of `size` bytes; false when there is no room for it. */
  take(count: number, size: number): boolean {
    if (count * size > this.#left) return false;
    this.#left -= count * size;
    return true;
  }
}

/** Bytes of what the runtime makes lists of, in ExecuTorch 1.5.1 for 64 bits. */
export const SIZE_OF = {
  pointer: 8,
  int64: 8,
  value: 16,
  inputFlag: 1,
  tensor: 8,
  optionalTensor: 16,
  delegate: 56,
  compileSpec: 24,
  chain: 32,
  instruction: 24,
  tensorMeta: 24,
} as const;
