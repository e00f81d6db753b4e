import { UndefinedBehaviourError, UnmodelledProgramError } from '../../reference/index.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { Attribution } from '../attribution/attribution.js';
import { Ledger } from '../attribution/ledger.js';
import { isQuiet, verdictOf } from '../attribution/mismatch-verdict.js';
import { buildRequest } from '../model/build-request.js';
import type { Case } from '../model/case.js';
import { underPolicy } from '../oracle/under-policy.js';
import { replayCase } from '../run/replay-case.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import type { CaseVerdict } from './case-verdict.js';

/**
 * Runs a case on a subject and judges what comes of it, as a run of the suite does.
 *
 * @throws SubjectError when the subject breaks.
 */
export async function judgeCase(opened: OpenSubject, one: Case): Promise<CaseVerdict> {
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
