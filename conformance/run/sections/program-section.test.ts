import { describe, expect, it } from 'vitest';
import { EXPORT } from '../../cases/export.js';
import type { ProgramCase } from '../../model/scenario/program-case.js';
import type { SectionOf } from '../plan/section.js';
import { judgePrograms } from './program-section.js';

const [KEPT] = EXPORT.filter(({ verdict }) => verdict === 'keeps');
const [BROKEN] = EXPORT.filter(({ verdict }) => verdict === 'breaks');

function section(cases: readonly ProgramCase[]): SectionOf<'programs'> {
  return { kind: 'programs', name: 'export', cases };
}

describe('judgePrograms', () => {
  it('judges every program case of this project rightly, which is no pass of a subject', () => {
    const { cases, verdicts, results } = judgePrograms(section(EXPORT));
    expect({ cases, verdicts }).toEqual({ cases: EXPORT.length, verdicts: { 'self-check': EXPORT.length } });
    expect(results.map((one) => one.case.id)).toEqual(EXPORT.map(({ id }) => id));
    expect(results.filter(({ verdict }) => verdict !== 'self-check')).toEqual([]);
  });

  it.each([
    ['misses the fault', BROKEN, []],
    ['finds another fault', BROKEN, ['WSB-EXPORT-99']],
    ['finds one fault too many', BROKEN, ['WSB-EXPORT-01', 'WSB-EXPORT-99']],
    ['finds a fault where there is none', KEPT, ['WSB-EXPORT-01']],
    ['cannot read the program', KEPT, null],
  ] as const)('says nothing when the judge %s', (_, one, broken) => {
    if (one === undefined) throw new Error('no such case');
    const { verdicts, results } = judgePrograms(section([one]), () => broken);
    expect(results).toEqual([{ case: one, section: 'export', verdict: 'inconclusive', finding: null }]);
    expect(verdicts).toEqual({ inconclusive: 1 });
  });
});
