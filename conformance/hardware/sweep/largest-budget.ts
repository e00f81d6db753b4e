const LEAST_STEP = 2n * 2n ** 20n;
/**
 * A budget this much larger than one that loads would not show the fitting policy to keep too
 * little.
 */
const PARTS = 10n;

/**
 * Looks for the largest budget that loads by halving, between one that loads and one that does not:
 * to within a tenth of it, or 2 MiB where that is more. Both ends may be known without a try.
 *
 * @param low a budget that loads
 * @param high a larger one that does not
 * @param loads tries a budget
 */
export async function largestBudget(
  low: bigint,
  high: bigint,
  loads: (budget: bigint) => Promise<boolean>,
): Promise<bigint> {
  while (high - low > (low / PARTS > LEAST_STEP ? low / PARTS : LEAST_STEP)) {
    const middle = (low + high) / 2n;
    if (await loads(middle)) low = middle;
    else high = middle;
  }
  return low;
}
