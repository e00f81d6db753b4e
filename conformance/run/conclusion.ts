import { type Demonstration, isAnswered } from '../coverage/demonstration.js';
import type { RunResult } from '../model/run-result.js';
import type { Verdict, VerdictCounts } from '../model/verdict.js';
import type { Clause, ClauseId } from '../spec/clause.js';
import { EXIT } from './exit-code.js';

/** How a command ends that judges no subject: whether what it checked is in order. */
export function exitCodeOf(inOrder: boolean): number {
  return inOrder ? EXIT.conforms : EXIT.doesNotConform;
}

/**
 * What a run says of its subject.
 * - `conforms`: to its profile: every MUST clause of it was demonstrated, and none was broken.
 * - `kept`: nothing was broken and all that was required was demonstrated, which is less than the
 *   profile: a filter, `--require` or a command that runs a part chose it.
 * - `as-expected`: it fails what the list of expected failures says, and nothing else.
 * - `incomplete`: nothing failed, but not all that is required was demonstrated.
 * - `stale-expectations`: nothing failed, but the list of expected failures no longer holds.
 * - `does-not-conform`: a MUST clause, or one that was required by name, is broken.
 * - `subject-broken`: it broke the protocol, or did not answer in time again and again.
 */
export const OUTCOMES = {
  conforms: EXIT.conforms,
  kept: EXIT.conforms,
  'as-expected': EXIT.conforms,
  incomplete: EXIT.incomplete,
  'stale-expectations': EXIT.doesNotConform,
  'does-not-conform': EXIT.doesNotConform,
  'subject-broken': EXIT.subjectBroken,
} as const;

/** One of {@link OUTCOMES}. */
export type ConclusionOutcome = keyof typeof OUTCOMES;

/** What a run says of its subject: the only place where an exit code follows from verdicts. */
export interface Conclusion {
  readonly outcome: ConclusionOutcome;
  readonly exitCode: number;
  /** Clauses that decide and that a case broke, in the order of the ids. */
  readonly broken: readonly ClauseId[];
  /** Cases that failed and decide: those of the clauses broken, and those of no known clause. */
  readonly failed: number;
  /** Cases at which the subject crashed or hung. */
  readonly unanswered: number;
  /** Cases that the subject answered, rightly or wrongly. */
  readonly answered: number;
  /** Null for a command that asks for no clause. */
  readonly demonstration: Demonstration | null;
}

/** What a conclusion rests on. */
export interface Evidence extends Pick<RunResult, 'verdicts' | 'findings' | 'checks'> {
  readonly clauses: readonly Clause[];
  readonly demonstration: Demonstration | null;
  /** Faults that the hostile files showed: they break the protocol as at any other case. */
  readonly hostile?: number;
  /** Entries of the list of expected failures that no longer hold. */
  readonly stale?: number;
}

/**
 * Concludes a run. What breaks a clause that says SHOULD is counted and shown like anything else,
 * and decides nothing, unless the clause was required by name. A subject that broke the protocol is
 * broken, whatever else it did. Without a failure a run is incomplete as long as a clause that is
 * required was not demonstrated, or as long as a case ended without a verdict.
 */
export function conclude(evidence: Evidence): Conclusion {
  const { demonstration } = evidence;
  const { broken, failed } = brokenClauses(evidence);
  const outcome = outcomeOf(evidence, failed);
  const { verdicts } = evidence;
  const unanswered = verdicts.crashed + verdicts['timed-out'];
  const answered = answeredCases(verdicts);
  return { ...{ outcome, exitCode: OUTCOMES[outcome], broken, failed }, unanswered, answered, demonstration };
}

function outcomeOf(evidence: Evidence, failed: number): ConclusionOutcome {
  const { verdicts, demonstration, hostile = 0, stale = 0 } = evidence;
  if (verdicts['protocol-error'] + hostile > 0 || endedUnanswered(verdicts)) return 'subject-broken';
  if (failed > 0) return 'does-not-conform';
  if (stale > 0 || verdicts['unexpected-pass'] > 0) return 'stale-expectations';
  if (verdicts.inconclusive > 0 || isMissing(evidence)) return 'incomplete';
  if (breaksAsExpected(evidence)) return 'as-expected';
  return demonstration !== null && isWhole(demonstration) ? 'conforms' : 'kept';
}

/** Timeouts behind which no further case is run: see TIMEOUT_WEIGHT. */
const MOST_TIMEOUTS = 3;

/**
 * Whether a run ended early because the subject did not answer in time again and again: such a
 * subject hangs, whatever it is asked.
 */
export function endedUnanswered(verdicts: VerdictCounts): boolean {
  return verdicts['timed-out'] >= MOST_TIMEOUTS && verdicts.inconclusive > 0;
}

/** Whether what was expected to fail breaks more than clauses that decide nothing. */
function breaksAsExpected({ verdicts, findings, clauses, demonstration }: Evidence): boolean {
  const deciding = decidingClauses(clauses, demonstration);
  const harmless = findings
    .filter((one) => one.verdict === 'expected-fail' && decidingOf(one, deciding) === null)
    .reduce((sum, { occurrences }) => sum + occurrences, 0);
  return verdicts['expected-fail'] > harmless;
}

/**
 * Whether not all that is required was demonstrated; an answer at least, where nothing is named.
 */
function isMissing({ demonstration, verdicts }: Evidence): boolean {
  if (demonstration === null) return answeredCases(verdicts) === 0;
  const { clauses, missing } = demonstration;
  return missing.length > 0 || clauses.length === 0;
}

/** Whether a profile as a whole was required, so that its subject can conform to it. */
export function isWhole({ lowered, unchosen }: Demonstration): boolean {
  return lowered.length === 0 && unchosen === null;
}

/** How many cases the subject answered. */
function answeredCases(verdicts: VerdictCounts): number {
  return Object.entries(verdicts).reduce(
    (sum, [verdict, count]) => sum + (isAnswered(verdict as Verdict) ? count : 0),
    0,
  );
}

/**
 * The clauses that decide and were broken, and how many cases decide: all that failed, but for
 * those that are known to break only clauses that decide nothing.
 */
function brokenClauses({
  verdicts,
  findings,
  checks = [],
  clauses,
  demonstration,
}: Evidence): Pick<Conclusion, 'broken' | 'failed'> {
  const deciding = decidingClauses(clauses, demonstration);
  const seen = [...findings, ...checks.map((check) => ({ ...check, occurrences: 1 }))];
  const harmless = seen
    .filter((one) => one.verdict === 'fail' && one.clause !== null && decidingOf(one, deciding) === null)
    .reduce((sum, { occurrences }) => sum + occurrences, 0);
  const broken = seen.flatMap((one) =>
    FAILURES.includes(one.verdict) ? (decidingOf(one, deciding) ?? []) : [],
  );
  return {
    broken: [...new Set(broken)].sort(),
    failed: Math.max(verdicts.fail - harmless, 0) + verdicts.crashed + verdicts['timed-out'],
  };
}

/**
 * The clause by which a finding decides: its own, else the first of the others that its cases
 * break; null when it decides nothing.
 */
function decidingOf(
  { clause, also = [] }: { readonly clause: ClauseId | null; readonly also?: readonly ClauseId[] },
  deciding: ReadonlySet<ClauseId>,
): ClauseId | null {
  return [...(clause === null ? [] : [clause]), ...also].find((each) => deciding.has(each)) ?? null;
}

/** The clauses that decide: all but those that say SHOULD and were not required by name. */
export function decidingClauses(
  clauses: readonly Clause[],
  demonstration: Pick<Demonstration, 'raised'> | null,
): ReadonlySet<ClauseId> {
  const deciding = clauses.filter(({ level }) => level !== 'SHOULD').map(({ id }) => id);
  return new Set([...deciding, ...(demonstration?.raised ?? [])]);
}

const FAILURES: readonly string[] = ['fail', 'crashed', 'timed-out'] satisfies Verdict[];
