import { describe, expect, it } from 'vitest';
import type { WrongImplementation } from '../catalogue/catalogue.js';
import { judgeMutant, mutantLine, readFindings, type MutantRun } from './mutant-run.js';

const wrong: WrongImplementation = {
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

const run = (
  exitCode: number | undefined,
  ...found: [WrongImplementation['clause'], number][]
): MutantRun => ({
  exitCode,
  found: found.map(([clause, cases]) => ({ clause, cases })),
  firstCase: 1,
  unlikeRule: 0,
});

describe('judgeMutant', () => {
  it.each<[string, MutantRun]>([
    ['attributed', run(1, ['WSB-PARSE-03', 1])],
    ['attributed', run(1, ['WSB-PARSE-04', 1])],
    ['attributed', run(0, ['WSB-PARSE-03', 1])],
    ['scattered', run(1, ['WSB-PARSE-03', 2], ['WSB-PREC-01', 1])],
    ['scattered', run(1, ['WSB-PARSE-03', 2], ['WSB-PARSE-04', 1])],
    ['misattributed', run(1, ['WSB-PARSE-03', 1], ['WSB-PREC-01', 1])],
    ['misattributed', run(1, ['WSB-PREC-01', 1])],
    ['missed', run(0)],
    ['unlike-rule', { ...run(1, ['WSB-PARSE-03', 1]), unlikeRule: 1 }],
    ['broken', { ...run(1, ['WSB-PARSE-03', 1]), unlikeRule: undefined }],
    ['broken', run(1)],
    ['broken', run(4)],
    ['broken', run(undefined)],
  ])('says %s', (verdict, each) => {
    expect(judgeMutant(wrong, each)).toBe(verdict);
  });
});

describe('readFindings', () => {
  it('takes findings and the first failing case from a report', () => {
    expect(readFindings(REPORT)).toEqual({
      found: [
        { clause: 'WSB-PREC-01', cases: 1000 },
        { clause: 'WSB-PARSE-03', cases: 3 },
      ],
      firstCase: 2,
    });
    expect(readFindings('')).toEqual({ found: [], firstCase: null });
  });
});

describe('mutantLine', () => {
  it('tells what was found', () => {
    expect(mutantLine(wrong, { exitCode: 1, ...readFindings(REPORT), unlikeRule: 0 })).toBe(
      'm (WSB-PARSE-03): misattributed; found WSB-PREC-01 (1,000), WSB-PARSE-03 (3), first in written case 2',
    );
    expect(mutantLine(wrong, { ...run(0), firstCase: null, unlikeRule: 2000 })).toBe(
      'm (WSB-PARSE-03): unlike-rule; found nothing; unlike its rule in 2,000 cases',
    );
  });
});
