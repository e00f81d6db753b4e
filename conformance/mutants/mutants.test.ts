import { describe, expect, it } from 'vitest';
import type { WrongImplementation } from '../catalogue/catalogue.js';
import { judgeMutant, type MutantRun } from './mutant-result.js';
import { mutantTable } from './mutant-table.js';
import { readMutantRun } from './read-mutant-run.js';

const mutant: WrongImplementation = {
  name: 'm',
  description: 'M.',
  clause: 'WSB-PARSE-03',
  also: ['WSB-PARSE-04'],
};
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

describe('judgeMutant', () => {
  const run = (
    exitCode: number | undefined,
    ...found: [WrongImplementation['clause'], number][]
  ): MutantRun => ({
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
