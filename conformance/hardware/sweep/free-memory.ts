import type { EngineSizes } from './engine-sizes.js';

/** The device gives memory out in such pieces, so no closer steps can be told apart. */
const PIECE = 2n * 2n ** 20n;
/** How far below the least need a series begins, and how far above the largest it ends. */
const BELOW = 8n * 2n ** 20n;
const ABOVE = 24n * 2n ** 20n;

/**
 * The levels of free device memory of a series, in bytes, at even steps: from less than what
 * everything streamed needs to more than what everything resident needs. They are multiples of 2
 * MiB, and at least that far apart.
 */
export function freeMemoryLevels(sizes: EngineSizes, engines: number, count: number): bigint[] {
  const least = BigInt(engines) * (sizes.scratch + sizes.activations);
  const largest = BigInt(engines) * (sizes.streamable + sizes.activations);
  const below = (least - BELOW) / PIECE;
  // A level of 0 would mean all memory.
  const first = below > 0n ? below : 1n;
  const last = (largest + ABOVE) / PIECE;
  const steps = BigInt(Math.max(count - 1, 1));
  const span = last - first > steps ? last - first : steps;
  return Array.from({ length: count }, (_, n) => (first + (span * BigInt(n)) / steps) * PIECE);
}
