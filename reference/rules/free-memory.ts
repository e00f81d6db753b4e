/** What a delegate can learn of the memory of a device; bytes. */
export interface ToldMemory {
  /** What `cudaMemGetInfo` says is free. */
  readonly freeBytes: bigint;
  /** What the system says is available of the host's memory; null when it does not tell. */
  readonly availableBytes: bigint | null;
  /** Whether the device says that it shares the memory of the host. */
  readonly isIntegrated: boolean;
}

/**
 * How much memory of the device can be had. On one that shares the memory of the host
 * `cudaMemGetInfo` leaves out what caches hold, so that what is available counts when it is more
 * (WSB-AUTO-09).
 */
export function freeMemory({ freeBytes, availableBytes, isIntegrated }: ToldMemory): bigint {
  if (!isIntegrated || availableBytes === null || availableBytes < freeBytes) return freeBytes;
  return availableBytes;
}
