import { describe, expect, it } from 'vitest';
import { noVerdicts, type Verdict } from '../model/verdict.js';
import { loadClauses } from '../spec/load-clauses.js';
import { suiteRoot } from '../suite-root.js';
import { demandedVerdicts } from './demanded-verdicts.js';
import type { Finding } from '../model/finding.js';

const clauses = loadClauses(suiteRoot());

function finding(clause: string, verdict: Verdict, occurrences: number): Finding {
  return { clause, verdict, occurrences } as unknown as Finding;
}

describe('demandedVerdicts', () => {
  it('leaves out what breaks a clause that says SHOULD, and nothing else', () => {
    const verdicts = { ...noVerdicts(), pass: 5, fail: 7, crashed: 1, 'expected-fail': 2 };
    const findings = [
      finding('WSB-MEM-08', 'fail', 3),
      finding('WSB-PARSE-01', 'fail', 4),
      finding('WSB-MEM-08', 'crashed', 1),
      finding('WSB-LIFE-13', 'expected-fail', 2),
    ];
    expect(demandedVerdicts({ verdicts, findings }, clauses)).toEqual({ ...verdicts, fail: 4 });
  });

  it('demands every failure of which no finding tells', () => {
    const verdicts = { ...noVerdicts(), fail: 9 };
    const findings = [finding('WSB-MEM-08', 'fail', 2)];
    expect(demandedVerdicts({ verdicts, findings }, clauses).fail).toBe(7);
  });
});
