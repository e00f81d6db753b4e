import type { Clause, ClauseId } from '../../spec/clause.js';
import type { FixedCase } from '../../model/fixed-case.js';
import type { Section, SectionOf } from './section.js';

/** Written cases once more: as stored programs, as recorded answers, as decisions. */
const AGAIN: readonly string[] = ['golden', 'recorded', 'regressions', 'rules'];

/**
 * A plan in the order in which a run that may end early tells most: of every MUST clause its first
 * control, violation and boundary case, then their second ones, and so on; then the other written
 * cases, then those that are written ones once more, the programs, the cases of the classes, the
 * device checks, and at last what is drawn from a seed. It has the same cases, in sections of the
 * same names; the order depends on nothing else.
 */
export function tellingFirst(sections: readonly Section[], clauses: readonly Clause[]): readonly Section[] {
  const must = new Set(clauses.filter(({ level }) => level === 'MUST').map(({ id }) => id));
  const written = sections.filter(isWritten);
  const others = sections.filter((section) => !isWritten(section));
  const ordered = [...others.entries()].sort(([m, a], [n, b]) => placeOf(a) - placeOf(b) || m - n);
  return [...roundsOf(written, must), ...ordered.map(([, section]) => section)];
}

function isWritten(section: Section): section is SectionOf<'fixed'> {
  return section.kind === 'fixed' && !AGAIN.includes(section.name);
}

/** The places of kinds of section behind the written ones. */
function placeOf(section: Section): number {
  switch (section.kind) {
    case 'fixed':
      return 0;
    case 'programs':
      return 1;
    case 'checks':
      return 3;
    case 'generated':
      return 4;
    case 'bulk':
      return section.name === 'classes' ? 2 : 5;
  }
}

/** The cases of MUST clauses in rounds, the others behind them. */
function roundsOf(written: readonly SectionOf<'fixed'>[], must: ReadonlySet<ClauseId>): Section[] {
  const rounds = new Map<number, Map<string, FixedCase[]>>();
  for (const { name, cases } of written) {
    const seen = new Map<string, number>();
    for (const one of cases) {
      const { clauses, kind } = one.case;
      const [clause] = clauses;
      const key = `${clause} ${kind}`;
      const rank = seen.get(key) ?? 0;
      seen.set(key, rank + 1);
      const round = clause !== undefined && must.has(clause) ? rank : Infinity;
      const areas = rounds.get(round) ?? new Map<string, FixedCase[]>();
      rounds.set(round, areas);
      areas.set(name, [...(areas.get(name) ?? []), one]);
    }
  }
  return [...rounds]
    .sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1))
    .flatMap(([, areas]) => [...areas].map(([name, cases]): Section => ({ kind: 'fixed', name, cases })));
}
