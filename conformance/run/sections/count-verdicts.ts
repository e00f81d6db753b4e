import type { Verdict } from '../../model/verdict.js';
import type { Step } from '../state/step.js';

/** How many cases ended with each verdict, but for the passes. */
export function countVerdicts(verdicts: readonly Verdict[]): Step['verdicts'] {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const verdict of verdicts) if (verdict !== 'pass') counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

/** How the counts change when a case that had one verdict is given another. */
export function changedVerdict(was: Verdict, is: Verdict): Step['verdicts'] {
  return was === 'pass' ? { [is]: 1 } : { [was]: -1, [is]: 1 };
}
