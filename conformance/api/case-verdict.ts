import { UndefinedBehaviourError, UnmodelledProgramError } from '../../reference/index.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { Attribution } from '../attribution/attribution.js';
import { Ledger } from '../attribution/ledger.js';
import { isQuiet, verdictOf } from '../attribution/mismatch-verdict.js';
import { buildRequest } from '../model/build-request.js';
import type { Case } from '../model/case.js';
import type { Difference } from '../model/differences.js';
import type { Incident } from '../model/incident.js';
import type { Verdict } from '../model/verdict.js';
import { underPolicy } from '../oracle/under-policy.js';
import { replayCase } from '../run/replay-case.js';
import type { ClauseId } from '../spec/clause.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedOutcome } from '../wire/encode-outcome.js';

/** What came of one case on a subject. */
export interface CaseVerdict {
  readonly case: Case;
  readonly verdict: Verdict;
  /** The clause that is broken; null where none is. */
  readonly clause: ClauseId | null;
  /** What the reference says; null where it names no outcome, so that none is demanded. */
  readonly expected: Outcome | null;
  /** What the subject did; null where it gave no outcome, or the expected one. */
  readonly observed: Outcome | null;
  /** Why there is no outcome; null where there is one. */
  readonly incident: Incident | null;
  readonly differences: readonly Difference[];
}

/**
 * Runs a case on a subject and judges what comes of it, as a run of the suite does.
 *
 * @throws SubjectError when the subject breaks.
 */
export async function caseVerdict(opened: OpenSubject, one: Case): Promise<CaseVerdict> {
  const expected = expectedOf(opened, one);
  const none = { case: one, clause: null, expected, observed: null, incident: null, differences: [] };
  if (expected === null) return { ...none, verdict: 'inconclusive' };
  const mismatch = await replayCase(opened, one, encodedOutcome(expected));
  if (mismatch === null) return { ...none, verdict: 'pass' };
  const verdict = verdictOf(mismatch);
  const told = { ...none, verdict, incident: mismatch.incident ?? null };
  if (isQuiet(verdict)) return told;
  const finding = new Attribution(opened.oracle, new Ledger()).fixed(one, mismatch);
  const observed = mismatch.incident === undefined ? decodeOutcome(mismatch.observed) : null;
  return { ...told, observed, clause: finding.clause, differences: finding.differences };
}

function expectedOf(opened: OpenSubject, one: Case): Outcome | null {
  try {
    const { expected } = underPolicy({ case: one, expected: null }, opened.policies);
    return expected ?? opened.oracle(buildRequest(one.request));
  } catch (error) {
    if (error instanceof UndefinedBehaviourError || error instanceof UnmodelledProgramError) return null;
    throw error;
  }
}
