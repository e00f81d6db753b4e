import type { Verdict } from '../model/verdict.js';
import type { Mismatch } from '../model/mismatch.js';

/**
 * Whether a verdict is about the run and not about the subject, so that there is nothing to find.
 */
export function isQuiet(verdict: Verdict): boolean {
  return verdict === 'unsupported' || verdict === 'inconclusive';
}

/**
 * The verdict on a case whose outcome is not that of the model, or that has none, before anything
 * is expected of it.
 */
export function verdictOf({ incident }: Pick<Mismatch, 'incident'>): Verdict {
  return incident?.kind ?? 'fail';
}
