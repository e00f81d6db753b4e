import type { RunResult } from '../model/run-result.js';
import { conforms, type VerdictCounts } from '../model/verdict.js';
import type { Clause } from '../spec/clause.js';

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
  /** Nothing failed, but not all that is required was demonstrated. */
  incomplete: 5,
} as const;

/** How a command ends that judges no subject: whether what it checked is in order. */
export function exitCodeOf(inOrder: boolean): number {
  return inOrder ? EXIT.conforms : EXIT.doesNotConform;
}

/** What a run says of its subject: the only place where an exit code follows from verdicts. */
export interface Conclusion {
  /** The verdicts that decide: those of the run less the failures of clauses that say SHOULD. */
  readonly demanded: VerdictCounts;
  readonly outcome: 'conforms' | 'does-not-conform' | 'subject-broken';
  readonly exitCode: number;
}

/** What a run found that is in none of its verdicts. */
export interface Besides {
  /** Faults that the hostile files showed: they break the protocol as at any other case. */
  readonly hostile?: number;
  /** Entries of the list of expected failures that no longer hold. */
  readonly stale?: number;
}

/**
 * Concludes a run. Failures that break a clause which says SHOULD are counted and shown like any
 * others, and decide nothing. A subject that broke the protocol is broken, whatever else it did;
 * one conforms when nothing that is demanded failed and every expected failure is still one.
 */
export function conclude(
  { verdicts, findings, checks = [] }: Pick<RunResult, 'verdicts' | 'findings' | 'checks'>,
  clauses: readonly Clause[],
  { hostile = 0, stale = 0 }: Besides = {},
): Conclusion {
  const advised = new Set<string | null>(
    clauses.filter(({ level }) => level === 'SHOULD').map(({ id }) => id),
  );
  const failed = [...findings, ...checks.map((check) => ({ ...check, occurrences: 1 }))]
    .filter(({ verdict, clause }) => verdict === 'fail' && advised.has(clause))
    .reduce((sum, { occurrences }) => sum + occurrences, 0);
  const demanded = {
    ...verdicts,
    fail: Math.max(verdicts.fail - failed, 0),
    'protocol-error': verdicts['protocol-error'] + hostile,
  };
  if (demanded['protocol-error'] > 0) {
    return { demanded, outcome: 'subject-broken', exitCode: EXIT.subjectBroken };
  }
  return conforms(demanded) && stale === 0
    ? { demanded, outcome: 'conforms', exitCode: EXIT.conforms }
    : { demanded, outcome: 'does-not-conform', exitCode: EXIT.doesNotConform };
}
