import type { Verdict } from '../compare/verdict.js';
import type { Mismatch } from './block-runner.js';

/** The verdict on a case with that mismatch, before anything is expected of it. */
export function verdictOf({ incident }: Mismatch): Verdict {
  return incident?.kind ?? 'fail';
}

/** Whether a verdict is about the run and not about the subject, so that there is nothing to find. */
export function isQuiet(verdict: Verdict): boolean {
  return verdict === 'unsupported' || verdict === 'inconclusive';
}
