import { conforms, type VerdictCounts } from '../model/verdict.js';

/** How the command ends. */
export const EXIT = {
  /** The subject conforms; the program is in order. */
  conforms: 0,
  /** It does not. */
  doesNotConform: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The subject or the protocol broke; nothing can be said. */
  subjectBroken: 3,
  /** Something that a run needs is missing. */
  infrastructure: 4,
} as const;

/**
 * How a run with these verdicts ends: a subject that broke the protocol is broken, whatever else it did.
 *
 * @param stale how many entries of the list of expected failures hold no more
 */
export function exitCodeFor(verdicts: VerdictCounts, stale = 0): number {
  if (verdicts['protocol-error'] > 0) return EXIT.subjectBroken;
  return conforms(verdicts) && stale === 0 ? EXIT.conforms : EXIT.doesNotConform;
}
