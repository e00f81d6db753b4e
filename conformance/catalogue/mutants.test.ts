import { describe, expect, it } from 'vitest';
import { loadClauses } from '../spec/load-clauses.js';
import { readMutants, type Mutant } from '../subjects/build-mutant.js';
import { suiteRoot } from '../suite-root.js';
import { judgeMutant, type MutantRun } from '../catalogue/mutant-result.js';
import { mutantTable } from '../catalogue/mutant-table.js';
import { readMutantRun } from '../catalogue/read-mutant-run.js';

const root = suiteRoot();
const mutant: Mutant = { name: 'm', description: 'M.', clause: 'WSB-PARSE-03', also: ['WSB-PARSE-04'] };
const REPORT = [
  { record: 'header' },
  { record: 'case', verdict: 'pass' },
  { record: 'case', verdict: 'fail' },
  { record: 'finding', clause: 'WSB-PARSE-03', occurrences: 3 },
  { record: 'finding', clause: 'WSB-PREC-01', occurrences: 1000 },
  { record: 'footer' },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');

describe('native/mutants', () => {
  it('breaks clauses that there are', () => {
    const ids = loadClauses(root).map(({ id }) => id);
    for (const { clause, also = [] } of readMutants(root)) {
      expect(ids).toContain(clause);
      for (const other of also) expect(ids).toContain(other);
      expect(also).not.toContain(clause);
    }
  });

  it('has names of its own for each', () => {
    const names = readMutants(root).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('judgeMutant', () => {
  const run = (exitCode: number | undefined, ...found: [Mutant['clause'], number][]): MutantRun => ({
    exitCode,
    found: found.map(([clause, cases]) => ({ clause, cases })),
    firstCase: 1,
  });

  it.each<[string, MutantRun]>([
    ['blamed', run(1, ['WSB-PARSE-03', 1])],
    ['blamed', run(1, ['WSB-PARSE-04', 1])],
    ['scattered', run(1, ['WSB-PARSE-03', 2], ['WSB-PREC-01', 1])],
    ['scattered', run(1, ['WSB-PARSE-03', 2], ['WSB-PARSE-04', 1])],
    ['blamed-elsewhere', run(1, ['WSB-PARSE-03', 1], ['WSB-PREC-01', 1])],
    ['blamed-elsewhere', run(1, ['WSB-PREC-01', 1])],
    ['missed', run(0)],
    ['broken', run(1)],
    ['broken', run(4)],
    ['broken', run(undefined)],
  ])('says %s', (verdict, each) => {
    expect(judgeMutant(mutant, each)).toBe(verdict);
  });

  it('takes a run from its report', () => {
    expect(readMutantRun(1, REPORT)).toEqual({
      exitCode: 1,
      found: [
        { clause: 'WSB-PREC-01', cases: 1000 },
        { clause: 'WSB-PARSE-03', cases: 3 },
      ],
      firstCase: 2,
    });
    expect(readMutantRun(3, '')).toEqual({ exitCode: 3, found: [], firstCase: null });
  });

  it('is told in a table', () => {
    expect(mutantTable([[mutant, readMutantRun(1, REPORT)]])).toBe(
      'mutant  breaks        verdict           findings  first failing case  found (cases)\n' +
        'm       WSB-PARSE-03  blamed-elsewhere  2         2                   WSB-PREC-01 (1,000), WSB-PARSE-03 (3)',
    );
  });
});
