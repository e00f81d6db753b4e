import { ALL_CASES } from '../cases/all-cases.js';
import { EXPORTERS } from '../cases/exporters.js';
import type { Case } from '../model/case.js';
import { decisionOfCase } from '../cases/decision-of-case.js';
import type { ProfileName } from '../spec/profile-name.js';
import type { ClauseId } from '../spec/clause.js';
import type { WrittenKind } from './clause-coverage.js';

/** A written case that has to be answered before its clause is demonstrated. */
export interface NeededCase {
  readonly id: string;
  readonly kind: WrittenKind;
}

/**
 * The written cases of each clause that a subject has to answer, by the profile that it claims: for
 * `budget` those that a decision can ask, for `exporter` what exporters are asked, else all
 * loads. A program that the suite itself judges is none: no subject answers it.
 */
export function neededCases(profile: ProfileName): ReadonlyMap<ClauseId, readonly NeededCase[]> {
  if (profile === 'exporter') return byClause(EXPORTERS);
  return byClause(profile === 'budget' ? ALL_CASES.filter((one) => decisionOfCase(one) !== null) : ALL_CASES);
}

function byClause(
  cases: readonly Pick<Case, 'id' | 'clauses' | 'kind'>[],
): ReadonlyMap<ClauseId, readonly NeededCase[]> {
  const needed = new Map<ClauseId, NeededCase[]>();
  for (const {
    id,
    clauses: [clause],
    kind,
  } of cases) {
    if (clause === undefined || kind === 'generated') continue;
    const list = needed.get(clause) ?? [];
    list.push({ id, kind });
    needed.set(clause, list);
  }
  return needed;
}
