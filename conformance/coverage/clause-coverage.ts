import type { Case, CaseKind } from '../model/case.js';
import type { Verdict } from '../model/verdict.js';
import { LEVELS, type Clause, type ClauseId, type Level } from '../spec/clause.js';

/** What coverage needs to know of a case that was run. */
export interface RunCase {
  readonly case: Pick<Case, 'clauses' | 'kind'>;
  readonly verdict: Verdict;
}

/** How many clauses of a level there are, and for how many of them every kind of case was run. */
export interface LevelCoverage {
  readonly clauses: number;
  readonly covered: number;
}

/** How far a run covers the specification. */
export interface ClauseCoverage {
  readonly levels: Readonly<Record<Level, LevelCoverage>>;
  /** Clauses that nothing judges yet. They count as not covered. */
  readonly unjudged: readonly ClauseId[];
}

/** Verdicts that say nothing of the subject. */
const SILENT: readonly Verdict[] = ['unsupported', 'inconclusive', 'self-check'];

/**
 * How far the cases of a run cover the clauses. A clause is covered when a control, a violation
 * (unless it is MAY) and a boundary case that name it first were run and said something, be it good
 * or bad.
 */
export function clauseCoverage(clauses: readonly Clause[], results: Iterable<RunCase>): ClauseCoverage {
  const run = new Set<string>();
  for (const { case: one, verdict } of results) {
    if (!SILENT.includes(verdict)) run.add(`${one.clauses[0] ?? ''} ${one.kind}`);
  }
  const isCovered = (clause: Clause): boolean =>
    clause.judgedBy !== 'nothing' && requiredKinds(clause).every((kind) => run.has(`${clause.id} ${kind}`));
  const ofLevel = (level: Level): LevelCoverage => {
    const all = clauses.filter((clause) => clause.level === level);
    return { clauses: all.length, covered: all.filter(isCovered).length };
  };
  return {
    levels: Object.fromEntries(LEVELS.map((level) => [level, ofLevel(level)])) as Record<
      Level,
      LevelCoverage
    >,
    unjudged: clauses.filter(({ judgedBy }) => judgedBy === 'nothing').map(({ id }) => id),
  };
}

/**
 * The coverage of a run on one line, such as `Clauses: 137 of 138 MUST (99 %) with control, failing
 * and boundary cases; 9 of 11 SHOULD (81 %); 1 of 1 MAY (100 %). Nothing judges yet: WSB-MEM-08.`
 * Only what is complete is 100 %.
 */
export function coverageText({ levels, unjudged }: ClauseCoverage): string {
  const [must, ...others] = LEVELS.filter((level) => levels[level].clauses > 0).map((level) => {
    const { clauses, covered } = levels[level];
    return `${covered} of ${clauses} ${level} (${Math.floor((100 * covered) / clauses)} %)`;
  });
  if (must === undefined) return 'Clauses: none.';
  const text = [`${must} with control, failing and boundary cases`, ...others].join('; ');
  return `Clauses: ${text}.${unjudged.length === 0 ? '' : ` Nothing judges yet: ${unjudged.join(', ')}.`}`;
}

/** The kinds of case that are written down. */
export type WrittenKind = Exclude<CaseKind, 'generated'>;

/**
 * The kinds of case that a clause needs. A MAY allows, so that nothing violates it; what nothing
 * judges has no cases.
 */
export function requiredKinds({ level, judgedBy }: Clause): readonly WrittenKind[] {
  if (judgedBy === 'nothing') return [];
  return level === 'MAY' ? ['control', 'boundary'] : ['control', 'violation', 'boundary'];
}
