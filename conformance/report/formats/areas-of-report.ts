import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { CaseResult, SectionResult } from '../../model/run-result.js';
import type { Verdict } from '../../model/verdict.js';
import type { ToldReport } from '../told-report.js';

/** The cases of a clause in an area, or all cases of an area that are only counted. */
export interface TestedClause {
  /** Null where the cases are counted and not told one by one. */
  readonly clause: ClauseId | null;
  readonly cases: number;
  /** How the worst of them ended. */
  readonly verdict: Verdict;
  /** Why cases were not run, each reason once. */
  readonly reasons: readonly string[];
  /** Fingerprints of what was found in them, as far as that is known. */
  readonly findings: readonly string[];
}

/** An area, with what was tested in it. */
export interface TestedArea {
  readonly area: SectionResult;
  readonly tested: readonly TestedClause[];
}

/** From the worst; what is not known is worse than a pass. */
const WORST_FIRST: readonly Verdict[] = [
  'protocol-error',
  'crashed',
  'timed-out',
  'fail',
  'unexpected-pass',
  'inconclusive',
  'expected-fail',
  'unsupported',
  'pass',
  'self-check',
];

/** The areas of a report in its order, and in each its clauses in the order of their ids. */
export function areasOfReport({ areas, cases }: Pick<ToldReport, 'areas' | 'cases'>): readonly TestedArea[] {
  const byArea = grouped(cases, ({ section }) => section);
  return areas.map((area) => {
    const own = byArea.get(area.name) ?? [];
    return { area, tested: own.length === 0 ? countedOnly(area) : clausesOf(own) };
  });
}

function countedOnly(area: SectionResult): readonly TestedClause[] {
  const verdict = worst(WORST_FIRST.filter((each) => area.verdicts[each] > 0));
  return [{ clause: null, cases: area.cases, verdict, reasons: [], findings: [] }];
}

function clausesOf(cases: readonly CaseResult[]): readonly TestedClause[] {
  const byClause = grouped(cases, ({ case: { clauses } }) => clauses[0] ?? null);
  return [...byClause]
    .map(([clause, own]): TestedClause => ({
      clause,
      cases: own.length,
      verdict: worst(own.map(({ verdict }) => verdict)),
      reasons: unique(own.map(({ reason }) => reason)),
      findings: unique(own.map(({ finding }) => finding)),
    }))
    .sort((a, b) => ((a.clause ?? '') < (b.clause ?? '') ? -1 : 1));
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return WORST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? 'inconclusive';
}

function unique(texts: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== null && text !== undefined))];
}
