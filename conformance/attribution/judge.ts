import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import type { Case } from '../model/case.js';
import { differences } from '../model/differences.js';
import { fingerprint } from '../model/fingerprint.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { WireError } from '../wire/wire-error.js';
import { SubjectError } from '../model/subject-error.js';
import type { Mismatch } from '../model/mismatch.js';
import type { Finding } from '../model/finding.js';
import { NO_OUTCOME } from '../model/no-outcome.js';

/**
 * The finding that a case makes when it is taken to break `clause`.
 *
 * @throws SubjectError when the subject's record is not an outcome.
 */
export function findingOf(failed: Case, clause: ClauseId, mismatch: Mismatch): Finding {
  const [expected, observed] = outcomesOf(mismatch);
  const { incident } = mismatch;
  const verdict = incident?.kind ?? 'fail';
  return {
    fingerprint: fingerprint(verdict, clause, incident?.signal),
    verdict,
    clause,
    case: failed,
    expected,
    observed,
    differences: incident === undefined ? differences(expected, observed) : [],
    occurrences: 1,
    ...(incident === undefined ? {} : { incident }),
  };
}

/**
 * The finding that a case adds to when its failure was expected, under the clause that is known to
 * be broken.
 */
export function expectedFinding(failed: Case, clause: ClauseId, mismatch: Mismatch): Finding {
  const verdict = 'expected-fail';
  return { ...findingOf(failed, clause, mismatch), verdict, fingerprint: fingerprint(verdict, clause) };
}

/**
 * The outcomes of a mismatch; that of an incident stands for none.
 *
 * @throws SubjectError when the subject's record is not an outcome.
 */
export function outcomesOf(mismatch: Mismatch): [expected: Outcome, observed: Outcome] {
  const expected = decodeOutcome(mismatch.expected);
  if (mismatch.incident !== undefined) return [expected, NO_OUTCOME];
  try {
    return [expected, decodeOutcome(mismatch.observed)];
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new SubjectError('broken', `The answer of the subject is not an outcome: ${cause.message}.`, {
      cause,
    });
  }
}
