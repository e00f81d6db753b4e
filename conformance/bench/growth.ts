/** The memory of processes when so many cases were done. */
export interface MemorySample {
  readonly cases: number;
  /** Bytes. */
  readonly bytes: number;
}

/**
 * Bytes by which memory grows with each case: the median of the slopes between any two samples
 * (Theil and Sen), which a collection of garbage here and there does not move.
 *
 * @throws Error for fewer than three samples, or such of one moment
 */
export function growthOf(samples: readonly MemorySample[]): number {
  const slopes = samples
    .flatMap((from, at) =>
      samples.slice(at + 1).map((to) => (to.bytes - from.bytes) / (to.cases - from.cases)),
    )
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const [low, high] = [slopes[(slopes.length - 1) >> 1], slopes[slopes.length >> 1]];
  if (low === undefined || high === undefined || samples.length < 3) {
    throw new Error('There are too few samples to tell whether memory grows.');
  }
  return (low + high) / 2;
}
