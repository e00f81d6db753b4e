/**
 * How a modelled engine takes device memory (spec/scripted-plan.md): in whole granules, with some
 * of them free on top while TensorRT works. Without it every byte counts and nothing is on top. The
 * counts are granules, 0 to 255.
 */
export interface Paging {
  /** The size of a granule is 2 to this power, 0 to 30; 21 on the devices measured. */
  readonly granuleBits: number;
  /** Taken by a context on top of its activations, scratch and budget. */
  readonly context: number;
  /** Has to be free besides what a context takes; not taken. */
  readonly contextHeadroom: number;
  /** Has to be free besides the weights that a set takes; not taken. */
  readonly weightsHeadroom: number;
  /** Has to be free for a plan to load; not taken. */
  readonly loadHeadroom: number;
}

/** Every byte counts. */
export const NO_PAGING: Paging = {
  granuleBits: 0,
  context: 0,
  contextHeadroom: 0,
  weightsHeadroom: 0,
  loadHeadroom: 0,
};

/** The bytes of a number of granules. */
export function granules(count: number, { granuleBits }: Paging): bigint {
  return BigInt(count) << BigInt(granuleBits);
}

/**
 * The bytes that a block of memory takes: whole granules. A block of at most half a granule shares
 * one that is there; where granules are single bytes every block takes what it has.
 */
export function blockBytes(bytes: bigint, { granuleBits }: Paging): bigint {
  const granule = 1n << BigInt(granuleBits);
  if (bytes * 2n <= granule) return 0n;
  return ((bytes + granule - 1n) / granule) * granule;
}
