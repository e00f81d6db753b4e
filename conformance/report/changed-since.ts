import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Verdict } from '../model/verdict.js';
import { type Section, sectionSize } from '../run/plan/section.js';
import type { Clause } from '../spec/clause.js';
import type { ToldReport } from './told-report.js';

/** What of a plan is to be run after an earlier run, by the reason. */
export interface ChangedSince {
  /** Clauses of which a case failed in it. */
  readonly failed: readonly ClauseId[];
  /** Clauses that it had to demonstrate and did not. */
  readonly missing: readonly ClauseId[];
  /** Clauses of which it had not all cases. */
  readonly fresh: readonly ClauseId[];
  /** Clauses with another text. */
  readonly reworded: readonly ClauseId[];
  /** Names of the sections of generated cases that failed there or were not run as a whole. */
  readonly generated: readonly string[];
}

/** Hexadecimal digits of the digest of a clause's text in a report. */
const DIGITS = 16;

/** The digests of the texts of clauses, as a header holds them. */
export function clauseDigests(clauses: readonly Clause[]): Readonly<Record<ClauseId, string>> {
  return Object.fromEntries(clauses.map(({ id, textHash }) => [id, textHash.slice(0, DIGITS)]));
}

/**
 * What of a plan an earlier report leaves open. Cases are told by their ids, which follow from what
 * they hold; a clause is run as a whole. Where the report does not hold the texts of its clauses,
 * all of another version of the specification count as other ones.
 */
export function changedSince(
  earlier: ToldReport,
  plan: readonly Section[],
  clauses: readonly Clause[],
  specification: string,
): ChangedSince {
  const ordered = (ids: Iterable<ClauseId>): readonly ClauseId[] => {
    const set = new Set(ids);
    return clauses.map(({ id }) => id).filter((id) => set.has(id));
  };
  return {
    failed: ordered(failedClauses(earlier)),
    missing: ordered((earlier.demonstrated?.missing ?? []) as readonly ClauseId[]),
    fresh: ordered(freshClauses(earlier, plan)),
    reworded: ordered(rewordedClauses(earlier, clauses, specification)),
    generated: openSections(earlier, plan),
  };
}

/** The names by which a filter chooses it. */
export function changedQueries(changed: ChangedSince): readonly string[] {
  const { failed, missing, fresh, reworded, generated } = changed;
  return [...new Set<string>([...failed, ...missing, ...fresh, ...reworded, ...generated])];
}

const FAILED: readonly Verdict[] = [
  'fail',
  'crashed',
  'timed-out',
  'protocol-error',
  'unexpected-pass',
  'inconclusive',
];

function failedClauses({ cases, findings }: ToldReport): ClauseId[] {
  return [
    ...cases.filter(({ verdict }) => FAILED.includes(verdict)).flatMap((one) => one.case.clauses.slice(0, 1)),
    ...findings
      .filter(({ finding }) => FAILED.includes(finding.verdict))
      .flatMap(({ finding }) => [finding.clause, ...(finding.also ?? [])]),
  ];
}

function freshClauses({ cases }: ToldReport, plan: readonly Section[]): ClauseId[] {
  const there = new Set(cases.map(({ section, case: { id } }) => `${section} ${id}`));
  return plan.flatMap((section) => {
    if (section.kind !== 'fixed' && section.kind !== 'programs') return [];
    return section.cases
      .map((one) => ('case' in one ? one.case : one))
      .filter(({ id }) => !there.has(`${section.name} ${id}`))
      .flatMap((one) => one.clauses.slice(0, 1));
  });
}

function rewordedClauses(
  { header }: ToldReport,
  clauses: readonly Clause[],
  specification: string,
): readonly ClauseId[] {
  const now = clauseDigests(clauses);
  const ids = clauses.map(({ id }) => id);
  const { clauses: before } = header;
  if (before === undefined) return header.specification === specification ? [] : ids;
  return ids.filter((id) => before[id] !== now[id]);
}

/** Names of sections of generated cases that failed in a run, or were not run there as a whole. */
function openSections({ areas }: ToldReport, plan: readonly Section[]): readonly string[] {
  const drawn = plan.filter(({ kind }) => kind === 'generated' || kind === 'bulk');
  return [...new Set(drawn.map(({ name }) => name))].filter((name) => {
    const size = drawn.reduce((sum, section) => sum + (section.name === name ? sectionSize(section) : 0), 0);
    const before = areas.find((area) => area.name === name);
    if (before === undefined || before.cases < size) return true;
    return FAILED.some((verdict) => before.verdicts[verdict] > 0);
  });
}
