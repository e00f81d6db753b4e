import type { CaseResult } from '../model/run-result.js';
import type { Verdict } from '../model/verdict.js';
import type { Observation, Profiles } from '../spec/profiles.js';
import type { Clause, ClauseId } from '../spec/clause.js';
import { requiredKinds } from './clause-coverage.js';
import { neededCases, type NeededCase } from './needed-cases.js';
import type { Requirement } from './requirement.js';

/** What a run had to demonstrate, and what it did not. */
export interface Demonstration extends Requirement {
  /** Clauses that had to be demonstrated and were not, in the order of the specification. */
  readonly missing: readonly ClauseId[];
  /** What the subject does not tell and a clause of `missing` shows in alone; absent without. */
  readonly untold?: readonly Observation[];
}

/** Verdicts on an answer of the subject. Every other one says that there was none. */
const ANSWERED: readonly Verdict[] = ['pass', 'fail', 'expected-fail', 'unexpected-pass'];

/** Before the id of a case that is run as a decision beside the program. */
const BESIDE = /^rules\//;

/** Whether a case that ended so was answered by the subject, rightly or wrongly. */
export function isAnswered(verdict: Verdict): boolean {
  return ANSWERED.includes(verdict);
}

/**
 * Which of the clauses required were demonstrated: the subject answered every written case of the
 * clause that its profile needs, among them a control, a violation and a boundary case. A case that
 * was not delivered, or was delivered and not answered, demonstrates nothing; an answer at decision
 * depth only what a decision shows: a clause of the profile `budget`.
 */
export function demonstrate(
  requirement: Requirement,
  clauses: readonly Clause[],
  results: Iterable<Pick<CaseResult, 'case' | 'verdict' | 'depth'>>,
  { budget, observations }: Pick<Profiles, 'budget' | 'observations'>,
  untold: readonly Observation[] = [],
): Demonstration {
  const shown = new Set<ClauseId | undefined>(budget);
  const answered = new Set<string>();
  for (const { case: one, verdict, depth } of results) {
    const counts = depth !== 'decision' || shown.has(one.clauses[0]);
    if (isAnswered(verdict) && counts) answered.add(one.id.replace(BESIDE, ''));
  }
  const needed = neededCases(requirement.profile);
  const all = neededCases(requirement.profile === 'exporter' ? 'exporter' : 'delegate');
  const byId = new Map(clauses.map((clause) => [clause.id, clause]));
  const missing = requirement.clauses.filter((id) => {
    const clause = byId.get(id);
    // A clause that a decision does not show needs all of its cases, whatever the profile.
    const cases = needed.get(id) ?? all.get(id) ?? [];
    const isUnseen = untold.some((what) => observations[what].includes(id));
    return clause === undefined || isUnseen || !isDemonstrated(clause, cases, answered);
  });
  const lacking = untold.filter((what) => observations[what].some((id) => missing.includes(id)));
  return { ...requirement, missing, ...(lacking.length === 0 ? {} : { untold: lacking }) };
}

function isDemonstrated(
  clause: Clause,
  cases: readonly NeededCase[],
  answered: ReadonlySet<string>,
): boolean {
  const kinds = new Set<string>(cases.map(({ kind }) => kind));
  return requiredKinds(clause).every((kind) => kinds.has(kind)) && cases.every(({ id }) => answered.has(id));
}
