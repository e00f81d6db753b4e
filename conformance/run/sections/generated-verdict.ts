import { isQuiet, verdictOf } from '../../attribution/mismatch-verdict.js';
import type { KnownFailures } from '../../expectations/known-failures.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { Verdict } from '../../model/verdict.js';

/** The verdict on a generated case that did not pass. */
export function generatedVerdict(known: KnownFailures, mismatch: Mismatch): Verdict {
  const verdict = verdictOf(mismatch);
  const isExpected = !isQuiet(verdict) && known.expecting(null, mismatch) !== null;
  return isExpected ? 'expected-fail' : verdict;
}
