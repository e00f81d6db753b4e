const LEAST_STEP = 2n * 2n ** 20n;
const PARTS = 64n;

/**
 * Looks for the largest budget that loads by halving, to within a 64th of `streamable` or 2 MiB, whichever is more.
 *
 * @param known budgets that were tried, and whether they loaded
 * @param loads tries a budget
 * @returns null when not even 0 loads
 */
export async function largestBudget(
  streamable: bigint,
  known: ReadonlyMap<bigint, boolean>,
  loads: (budget: bigint) => Promise<boolean>,
): Promise<bigint | null> {
  const loaded = [...known].filter(([, ok]) => ok).map(([budget]) => budget);
  let low = loaded.reduce<bigint | null>(
    (most, budget) => (most === null || budget > most ? budget : most),
    null,
  );
  if (low === null) return null;
  const above = [...known.keys()].filter((budget) => low !== null && budget > low);
  let high = above.reduce<bigint | null>(
    (least, budget) => (least === null || budget < least ? budget : least),
    null,
  );
  const step = streamable / PARTS > LEAST_STEP ? streamable / PARTS : LEAST_STEP;
  while (high !== null && high - low > step) {
    const middle: bigint = (low + high) / 2n;
    if (await loads(middle)) low = middle;
    else high = middle;
  }
  return low;
}
