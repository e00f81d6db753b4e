import { describe, expect, it } from 'vitest';
import type { DeviceCheckResult, DeviceVerdict } from '../model/device-check.js';
import type { Finding } from '../model/finding.js';
import { noVerdicts, type Verdict } from '../model/verdict.js';
import { loadClauses } from '../spec/load-clauses.js';
import { suiteRoot } from '../suite-root.js';
import { type Besides, conclude } from './conclusion.js';

const clauses = loadClauses(suiteRoot());

function finding(clause: string, verdict: Verdict, occurrences: number): Finding {
  return { clause, verdict, occurrences } as unknown as Finding;
}

function check(clause: DeviceCheckResult['clause'], verdict: DeviceVerdict): DeviceCheckResult {
  return { name: 'tight-memory', clause, verdict, message: 'seen', observed: [] };
}

describe('conclude', () => {
  it('leaves out what breaks a clause that says SHOULD, and nothing else', () => {
    const verdicts = { ...noVerdicts(), pass: 5, fail: 7, crashed: 1, 'expected-fail': 2 };
    const findings = [
      finding('WSB-MEM-08', 'fail', 3),
      finding('WSB-PARSE-01', 'fail', 4),
      finding('WSB-MEM-08', 'crashed', 1),
      finding('WSB-LIFE-13', 'expected-fail', 2),
    ];
    expect(conclude({ verdicts, findings }, clauses)).toEqual({
      demanded: { ...verdicts, fail: 4 },
      outcome: 'does-not-conform',
      exitCode: 1,
    });
  });

  it('demands every failure of which no finding tells', () => {
    const verdicts = { ...noVerdicts(), fail: 9 };
    const findings = [finding('WSB-MEM-08', 'fail', 2)];
    expect(conclude({ verdicts, findings }, clauses).demanded.fail).toBe(7);
  });

  it('weighs what was seen on a device as it weighs findings', () => {
    const verdicts = { ...noVerdicts(), pass: 3, fail: 1 };
    const advised = conclude({ verdicts, findings: [], checks: [check('WSB-MEM-08', 'fail')] }, clauses);
    expect(advised).toMatchObject({ outcome: 'conforms', exitCode: 0 });
    for (const clause of ['WSB-LIFE-11', null] as const) {
      const checks = [check(clause, 'fail')];
      expect(conclude({ verdicts, findings: [], checks }, clauses).exitCode).toBe(1);
    }
    const crashed = { ...noVerdicts(), crashed: 1 };
    const checks = [check('WSB-MEM-08', 'crashed')];
    expect(conclude({ verdicts: crashed, findings: [], checks }, clauses).exitCode).toBe(1);
  });

  it.each<[Partial<Record<Verdict, number>>, Besides, number]>([
    [{ pass: 1, 'expected-fail': 1, unsupported: 1 }, {}, 0],
    [{ pass: 1 }, { stale: 1 }, 1],
    [{ pass: 1, 'unexpected-pass': 1 }, {}, 1],
    [{ pass: 1, 'timed-out': 1 }, {}, 1],
    [{ pass: 1, inconclusive: 1 }, {}, 1],
    [{ fail: 1, 'protocol-error': 1 }, {}, 3],
    [{ pass: 1 }, { hostile: 1 }, 3],
    [{ pass: 1 }, { hostile: 1, stale: 1 }, 3],
  ])('of %j with %j gives the exit code %i', (verdicts, besides, exitCode) => {
    const counted = { ...noVerdicts(), ...verdicts };
    expect(conclude({ verdicts: counted, findings: [] }, clauses, besides).exitCode).toBe(exitCode);
  });
});
