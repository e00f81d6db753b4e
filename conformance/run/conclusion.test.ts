import { describe, expect, it } from 'vitest';
import type { Demonstration } from '../coverage/demonstration.js';
import type { DeviceCheckResult, DeviceVerdict } from '../model/device-check.js';
import type { Finding } from '../model/finding.js';
import { noVerdicts, type Verdict } from '../model/verdict.js';
import { loadClauses } from '../spec/load-clauses.js';
import { suiteRoot } from '../suite-root.js';
import { conclude, type Conclusion, type Evidence } from './conclusion.js';

const clauses = loadClauses(suiteRoot());

/** Everything that was required was demonstrated. */
const WHOLE: Demonstration = {
  profile: 'budget',
  clauses: ['WSB-PARSE-01'],
  lowered: [],
  raised: [],
  unchosen: null,
  missing: [],
};

function finding(clause: string, verdict: Verdict, occurrences: number): Finding {
  return { clause, verdict, occurrences } as unknown as Finding;
}

function check(clause: DeviceCheckResult['clause'], verdict: DeviceVerdict): DeviceCheckResult {
  return { name: 'tight-memory', clause, verdict, message: 'seen', observed: [] };
}

function concluded(
  verdicts: Partial<Record<Verdict, number>>,
  rest: Partial<Omit<Evidence, 'verdicts' | 'clauses'>> = {},
): Conclusion {
  const counts = { ...noVerdicts(), ...verdicts };
  return conclude({ verdicts: counts, findings: [], clauses, demonstration: WHOLE, ...rest });
}

describe('conclude', () => {
  it('says of a subject that did not answer again and again that it is broken', () => {
    expect(concluded({ pass: 5, 'timed-out': 3, inconclusive: 9 })).toMatchObject({ exitCode: 3 });
    expect(concluded({ pass: 5, 'timed-out': 3 })).toMatchObject({ exitCode: 1 });
  });

  it('leaves out what breaks a clause that says SHOULD, and nothing else', () => {
    const findings = [
      finding('WSB-MEM-08', 'fail', 3),
      finding('WSB-PARSE-01', 'fail', 4),
      finding('WSB-MEM-08', 'crashed', 1),
      finding('WSB-LIFE-13', 'expected-fail', 2),
    ];
    expect(concluded({ pass: 5, fail: 7, crashed: 1, 'expected-fail': 2 }, { findings })).toMatchObject({
      broken: ['WSB-PARSE-01'],
      failed: 5,
      outcome: 'does-not-conform',
      exitCode: 1,
    });
    const advised = concluded({ pass: 5, fail: 3 }, { findings: findings.slice(0, 1) });
    expect(advised).toMatchObject({ broken: [], failed: 0, outcome: 'conforms', exitCode: 0 });
  });

  it('lets a finding decide by each clause that its cases break', () => {
    const findings = [
      { ...finding('WSB-MEM-08', 'fail', 3), also: ['WSB-PARSE-01', 'WSB-AUTO-02'] as const },
    ];
    expect(concluded({ pass: 5, fail: 3 }, { findings })).toMatchObject({
      broken: ['WSB-PARSE-01'],
      failed: 3,
      outcome: 'does-not-conform',
    });
  });

  it('lets a SHOULD clause decide that was required by name', () => {
    const findings = [finding('WSB-MEM-08', 'fail', 3)];
    const demonstration = { ...WHOLE, raised: ['WSB-MEM-08'] } as const;
    expect(concluded({ pass: 5, fail: 3 }, { findings, demonstration })).toMatchObject({
      broken: ['WSB-MEM-08'],
      outcome: 'does-not-conform',
    });
  });

  it('demands every failure of which no finding tells', () => {
    const findings = [finding('WSB-MEM-08', 'fail', 2)];
    expect(concluded({ fail: 9 }, { findings })).toMatchObject({ failed: 7, outcome: 'does-not-conform' });
  });

  it('weighs what was seen on a device as it weighs findings', () => {
    const seen = { pass: 3, fail: 1 };
    expect(concluded(seen, { checks: [check('WSB-MEM-08', 'fail')] }).outcome).toBe('conforms');
    for (const clause of ['WSB-LIFE-11', null] as const) {
      expect(concluded(seen, { checks: [check(clause, 'fail')] }).exitCode).toBe(1);
    }
    expect(concluded({ crashed: 1 }, { checks: [check('WSB-MEM-08', 'crashed')] }).exitCode).toBe(1);
  });

  it.each<[Partial<Record<Verdict, number>>, Partial<Evidence>, Conclusion['outcome'], number]>([
    [{ pass: 1, unsupported: 1 }, {}, 'conforms', 0],
    [{ pass: 1 }, { demonstration: { ...WHOLE, unchosen: 3 } }, 'kept', 0],
    [{ pass: 1 }, { demonstration: { ...WHOLE, lowered: ['WSB-PARSE-02'] } }, 'kept', 0],
    [{ pass: 1 }, { demonstration: null }, 'kept', 0],
    [{ unsupported: 1 }, { demonstration: null }, 'incomplete', 5],
    [{ 'self-check': 1 }, { demonstration: null }, 'incomplete', 5],
    [{ pass: 1 }, { demonstration: { ...WHOLE, missing: ['WSB-PARSE-01'] } }, 'incomplete', 5],
    [{ pass: 1 }, { demonstration: { ...WHOLE, clauses: [], unchosen: 1 } }, 'incomplete', 5],
    [{ pass: 1, inconclusive: 1 }, {}, 'incomplete', 5],
    [{ pass: 1, 'expected-fail': 1 }, {}, 'as-expected', 0],
    [
      { pass: 1, 'expected-fail': 1 },
      { findings: [finding('WSB-MEM-08', 'expected-fail', 1)] },
      'conforms',
      0,
    ],
    [{ pass: 1 }, { stale: 1 }, 'stale-expectations', 1],
    [{ pass: 1, 'unexpected-pass': 1 }, {}, 'stale-expectations', 1],
    [{ pass: 1, fail: 1 }, { stale: 1 }, 'does-not-conform', 1],
    [{ pass: 1, 'timed-out': 1 }, {}, 'does-not-conform', 1],
    [{ fail: 1, 'protocol-error': 1 }, {}, 'subject-broken', 3],
    [{ pass: 1 }, { hostile: 1 }, 'subject-broken', 3],
    [{ pass: 1 }, { hostile: 1, stale: 1 }, 'subject-broken', 3],
  ])('of %j with %j gives %s, and the exit code %i', (verdicts, rest, outcome, exitCode) => {
    expect(concluded(verdicts, rest)).toMatchObject({ outcome, exitCode });
  });
});
