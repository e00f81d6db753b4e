import { buildRequest } from '../model/build-request.js';
import type { CaseSequence, SequenceEntry } from '../model/case-sequence.js';
import type { Mismatch } from '../model/mismatch.js';
import type { SentCase } from '../model/sent-case.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { encodedRequest } from '../wire/encode-request.js';
import { Again } from './again/again.js';
import { FreshRuns } from './again/fresh-runs.js';
import { sequenceOf } from './again/run-here.js';

/** How the last case of a sequence did. */
export interface SequenceReplay {
  /** How it failed behind the others; null when it did not. */
  readonly behind: Mismatch | null;
  /** How it failed alone. */
  readonly alone: Mismatch | null;
}

/** A depth at which a subject is asked that does not have it. */
export type LackingDepth = 'program' | 'decision';

/** The depth that a sequence needs and a subject lacks; null when there is none. */
export function lackingDepth(
  sequence: CaseSequence,
  { subject: { capabilities } }: Pick<OpenSubject, 'subject'>,
): LackingDepth | null {
  const depths = sequence.map(({ decision }) => (decision === null ? 'program' : 'decision'));
  return depths.find((depth) => !capabilities[depth]) ?? null;
}

/**
 * Runs a sequence in a fresh process, and its last case alone in another one.
 *
 * @throws SubjectError when the subject breaks otherwise than at a case.
 */
export async function replaySequence(
  { subject, oracle }: Pick<OpenSubject, 'subject' | 'oracle'>,
  sequence: CaseSequence,
): Promise<SequenceReplay> {
  const last = sequence.at(-1);
  const run = sequenceOf(subject);
  if (last === undefined || run === null) throw new Error('There is nothing to run.');
  const again = new Again(new FreshRuns(run, oracle, subject.capabilities));
  const sent = sequence.flatMap((entry) => {
    const one = sentOf(entry);
    return Array.from({ length: entry.times }, () => one);
  });
  return {
    behind: await again.lastOf(sent, last.case),
    alone: sent.length === 1 ? null : await again.alone(sentOf(last), last.case),
  };
}

function sentOf({ case: { request }, decision }: SequenceEntry): SentCase {
  return decision === null
    ? { depth: 'program', record: encodedRequest(buildRequest(request)) }
    : { depth: 'decision', record: decision };
}
