import { describe, expect, it } from 'vitest';
import { EXPORT } from '../../cases/export.js';
import { conforms } from '../../model/verdict.js';
import { judgePrograms } from './judge-programs.js';

const [KEPT] = EXPORT.filter(({ verdict }) => verdict === 'keeps');
const [BROKEN] = EXPORT.filter(({ verdict }) => verdict === 'breaks');

describe('judgePrograms', () => {
  it('passes every program case of this project', () => {
    const { section, cases } = judgePrograms('export', EXPORT);
    expect(section).toMatchObject({
      name: 'export',
      clauses: 8,
      cases: EXPORT.length,
      verdicts: { pass: EXPORT.length, fail: 0, inconclusive: 0 },
    });
    expect(cases.map((one) => one.case.id)).toEqual(EXPORT.map(({ id }) => id));
    expect(conforms(section.verdicts)).toBe(true);
  });

  it.each([
    ['misses the fault', BROKEN, []],
    ['finds another fault', BROKEN, ['WSB-EXPORT-99']],
    ['finds one fault too many', BROKEN, ['WSB-EXPORT-01', 'WSB-EXPORT-99']],
    ['finds a fault where there is none', KEPT, ['WSB-EXPORT-01']],
    ['cannot read the program', KEPT, null],
  ] as const)('says nothing when the judge %s', (_, one, broken) => {
    if (one === undefined) throw new Error('no such case');
    const { section, cases } = judgePrograms('export', [one], () => broken);
    expect(cases).toEqual([{ case: one, section: 'export', verdict: 'inconclusive', finding: null }]);
    expect(section.verdicts).toMatchObject({ pass: 0, inconclusive: 1 });
    expect(conforms(section.verdicts)).toBe(false);
  });
});
