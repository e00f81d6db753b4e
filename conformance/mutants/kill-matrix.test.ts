import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import { readCatalogue } from '../catalogue/catalogue.js';
import { suiteRoot } from '../suite-root.js';
import { hasRules, type Kill, KILL_MATRIX_FILE } from './kill-matrix.js';

const root = suiteRoot();
const errors = readCatalogue(root).filter(hasRules);
const { kills } = JSON.parse(readFileSync(join(root, KILL_MATRIX_FILE), 'utf8')) as {
  readonly kills: readonly Kill[];
};

/** Found by generated programs alone: it takes three loads of a method, and no budget shows it. */
const BY_PROGRAMS = ['third-load-as-first'];

describe('the kill matrix', () => {
  it('has every error that the reference can follow', () => {
    expect(kills.map(({ name, clause }) => [name, clause])).toEqual(
      errors.map(({ name, clause }) => [name, clause]),
    );
  });

  it.each(kills.map((kill) => [kill.name, kill] as const))(
    'says what finds %s',
    (name, { written, classes }) => {
      const { clause, also = [], rare = false } = errors.find((one) => one.name === name) ?? { clause: '' };
      const killing = ALL_CASES.find(({ id }) => id === written.case);
      expect(killing === undefined && classes === null).toBe(BY_PROGRAMS.includes(name));
      // An error that no written case shows is said to be rare.
      expect(rare || killing !== undefined).toBe(true);
      const shown = killing?.clauses ?? [clause];
      expect([clause, ...also].some((id) => shown.some((own) => own === id))).toBe(true);
    },
  );
});
