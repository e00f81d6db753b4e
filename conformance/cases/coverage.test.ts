import { describe, expect, it } from 'vitest';
import { AREAS as SPEC_AREAS, areaOf } from '../spec/areas.js';
import { loadClauses } from '../spec/load-clauses.js';
import { suiteRoot } from '../suite-root.js';
import { ALL_CASES, AREAS } from './all-cases.js';
import type { CaseKind } from './case.js';

const CLAUSES = loadClauses(suiteRoot());
const KINDS: readonly CaseKind[] = ['control', 'violation', 'boundary'];

describe('the written cases', () => {
  it.each(
    CLAUSES.filter(({ judgedBy }) => judgedBy === 'outcome').map((clause) => [clause.id, clause] as const),
  )('%s has a control, and a violation and boundaries unless it is MAY', (id, { level }) => {
    const kinds = ALL_CASES.filter(({ clauses }) => clauses[0] === id).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(level === 'MAY' ? ['control'] : [...KINDS]));
  });

  it('name clauses that there are', () => {
    const known = new Set(CLAUSES.map(({ id }) => id));
    const unknown = ALL_CASES.flatMap(({ clauses }) => clauses).filter((clause) => !known.has(clause));
    expect(unknown).toEqual([]);
  });

  it('stand in the area of their first clause', () => {
    for (const [area, cases] of Object.entries(AREAS)) {
      expect(SPEC_AREAS.map(({ name }): string => name)).toContain(area);
      for (const { id, clauses } of cases) expect(areaOf(clauses[0] ?? '')?.name, id).toBe(area);
    }
  });

  it('have ids that can be typed, and room for a prefix', () => {
    for (const { id } of ALL_CASES) expect(id).toMatch(/^[!-~][ -~]{0,278}[!-~]$/);
  });
});
