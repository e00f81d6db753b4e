import { describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import { neededCases } from '../coverage/needed-cases.js';
import { requiredKinds } from '../coverage/clause-coverage.js';
import { suiteRoot } from '../suite-root.js';
import { loadClauses } from './load-clauses.js';
import { PROFILE_NAMES } from './profile-name.js';
import { loadProfiles } from './profiles.js';
import { loadSchemas } from './schemas.js';

const root = suiteRoot();
const clauses = loadClauses(root);
const profiles = loadProfiles(root, loadSchemas(root));

describe('the profiles', () => {
  it('hold every clause that something judges, and no other, in the order of the specification', () => {
    const judged = clauses.filter(({ judgedBy }) => judgedBy !== 'nothing').map(({ id }) => id);
    const listed = new Set(PROFILE_NAMES.flatMap((name) => profiles[name]));
    expect([...listed].sort()).toEqual([...judged].sort());
    for (const name of PROFILE_NAMES) {
      expect(profiles[name]).toEqual(judged.filter((id) => profiles[name].includes(id)));
    }
  });

  it('are of a delegate what loads show, of an exporter what it answers and writes, and nothing twice', () => {
    const judgedBy = (...what: string[]): string[] =>
      clauses.filter((clause) => what.includes(clause.judgedBy)).map(({ id }) => id);
    expect(profiles.delegate).toEqual(judgedBy('outcome'));
    expect(profiles.exporter).toEqual(judgedBy('program', 'exporter'));
  });

  it('hold what a decision shows in that of a delegate', () => {
    expect(profiles.delegate).toEqual(expect.arrayContaining([...profiles.budget]));
  });

  it('list for budgets only clauses of which every kind of case can be asked as a decision', () => {
    const needed = neededCases('budget');
    const lacking = clauses
      .filter(({ id }) => profiles.budget.includes(id))
      .filter((clause) => {
        const kinds = new Set((needed.get(clause.id) ?? []).map(({ kind }) => kind));
        return !requiredKinds(clause).every((kind) => kinds.has(kind));
      });
    expect(lacking.map(({ id }) => id)).toEqual([]);
    expect(ALL_CASES.length).toBeGreaterThan([...needed.values()].flat().length);
  });
});
