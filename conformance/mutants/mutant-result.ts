import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { WrongImplementation } from '../catalogue/catalogue.js';

/** What a run on a mutant came to. */
export interface MutantRun {
  /** How the run ended; undefined when its process was killed. */
  readonly exitCode: number | undefined;
  /** What was found, by clause. */
  readonly found: readonly { readonly clause: ClauseId; readonly cases: number }[];
  /** Which of the written cases, counted from 1, failed first; null when none did. */
  readonly firstCase: number | null;
}

/**
 * What a run says of the suite.
 * - `blamed`: the error was found and told as one finding, blamed on its clause or on one that is as right.
 * - `scattered`: most of what was found is blamed on it, but one wrong rule was told as several findings.
 * - `blamed-elsewhere`: it was found and blamed on others.
 * - `missed`: the mutant passed.
 * - `broken`: the run said nothing.
 */
export type MutantVerdict = 'blamed' | 'scattered' | 'blamed-elsewhere' | 'missed' | 'broken';

const CONFORMS = 0;
const DOES_NOT_CONFORM = 1;

/** Judges a run on a mutant. */
export function judgeMutant(mutant: WrongImplementation, { exitCode, found }: MutantRun): MutantVerdict {
  if (exitCode === CONFORMS && found.length === 0) return 'missed';
  // A mutant that breaks a SHOULD alone conforms, and is found all the same.
  if ((exitCode !== DOES_NOT_CONFORM && exitCode !== CONFORMS) || found.length === 0) return 'broken';
  const right = [mutant.clause, ...(mutant.also ?? [])];
  const all = found.reduce((sum, { cases }) => sum + cases, 0);
  const blamed = found
    .filter(({ clause }) => right.includes(clause))
    .reduce((sum, { cases }) => sum + cases, 0);
  if (blamed * 2 <= all) return 'blamed-elsewhere';
  return found.length === 1 ? 'blamed' : 'scattered';
}
