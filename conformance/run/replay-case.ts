import { buildRequest } from '../model/build-request.js';
import type { Case } from '../model/case.js';
import { decisionOfRequest } from '../model/decision-of-request.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { BlockRunner } from './blocks/block-runner.js';
import type { Mismatch } from '../model/mismatch.js';
import { requestMismatchAtDecisionDepth } from './blocks/decision-mismatch.js';

/**
 * How a subject breaks one case; null when it does as expected. A case that it keeps at program
 * depth, or that it cannot be asked there, is put to it at decision depth too, where it may have
 * been found.
 *
 * @param wanted the outcome record that is expected
 * @throws SubjectError when the subject breaks.
 */
export async function replayCase(
  { subject, oracle }: Pick<OpenSubject, 'subject' | 'oracle'>,
  { request }: Case,
  wanted: Uint8Array,
): Promise<Mismatch | null> {
  const [mismatch = null] = await new BlockRunner(subject, oracle).runPerCaseProcess(
    [buildRequest(request)],
    { kept: [wanted] },
  );
  const isAsked = mismatch === null || mismatch.incident?.kind !== 'unsupported';
  if (mismatch !== null && isAsked) return mismatch;
  const decides = subject.capabilities.decision && decisionOfRequest(request) !== null;
  return decides ? requestMismatchAtDecisionDepth(subject, request) : mismatch;
}
