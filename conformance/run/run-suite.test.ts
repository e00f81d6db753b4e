import { describe, expect, it } from 'vitest';
import { WRONG_RULES } from '../../reference/index.js';
import { ALL_CASES } from '../cases/all-cases.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import { quietIncident } from '../model/incident.js';
import { policyOracles } from '../oracle/oracle.js';
import { loadClauses } from '../spec/load-clauses.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { loadProfiles } from '../spec/profiles.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { packageOf } from '../package-of.js';
import { headerOf } from './header.js';
import { planDigest } from './plan/plan-digest.js';
import type { Section } from './plan/section.js';
import type { Reporter } from './reporter.js';
import { runSuite } from './run-suite.js';
import type { Suite } from './suite.js';

const root = suiteRoot();
const oracles = policyOracles(() => null);
const cases = ALL_CASES.filter(({ clauses: [clause] }) => clause === 'WSB-APPLY-01').map((one) => ({
  case: one,
  expected: null,
}));
const WRITTEN: Section = { kind: 'fixed', name: 'application', cases };

function checksOf(clause: DeviceCheckResult['clause'], verdict: 'pass' | 'fail'): Section {
  const check = { name: 'loads', clause, verdict, message: 'seen', observed: [] };
  return { kind: 'checks', name: 'device', make: () => Promise.resolve([check]) };
}

function suiteOf(variant: string, sections: readonly Section[], play?: Suite['play']): Suite {
  const own = policyOracles(() => null, WRONG_RULES[variant]);
  const subject = referenceSubject(`reference:${variant}`, own.fitting, 'test', 'fitting');
  const options = { cases: 0, decisions: 0, depth: 'program', exhaustive: false } as const;
  const header = headerOf(packageOf(root), subject, {
    seed: 1,
    generated: 0,
    decisions: 0,
    filter: null,
    profile: 'delegate',
    options: { ...options, time: null, backendId: null, policy: null, profile: null, require: [] },
    plan: planDigest(sections),
  });
  return {
    root,
    opened: { subject, oracle: oracles.fitting, policies: { own: 'fitting', oracles } },
    play,
    plan: { sections, hostile: [], shows: 'none', covers: false },
    clauses: loadClauses(root),
    profiles: loadProfiles(root, loadSchemas(root)),
    requirement: null,
    expected: [],
    today: '2026-11-22',
    header,
    kept: [],
    jobs: 1,
  };
}

/** Notes what it is told. */
function noting(told: string[], fails?: 'step'): Reporter {
  return {
    begin: ({ subject }) => told.push(`begin ${subject.name}`),
    step: ({ area, cases: count }) => {
      if (fails === 'step') throw new Error('no room');
      told.push(`step ${area} ${count}`);
    },
    finding: ({ clause }) => told.push(`finding ${clause}`),
    end: ({ conclusion }) => void told.push(`end ${conclusion.outcome}`),
    close: () => told.push('close'),
  };
}

describe('runSuite', () => {
  it('tells its reporters of beginning, steps, findings, end and close, in this order', async () => {
    const told: string[] = [];
    await runSuite(suiteOf('no-clamp', [WRITTEN]), [noting(told)]);
    expect(told).toEqual([
      'begin reference:no-clamp',
      `step application ${cases.length}`,
      'finding WSB-APPLY-01',
      'end does-not-conform',
      'close',
    ]);
  });

  it('closes them when it fails, and tells nothing more', async () => {
    const told: string[] = [];
    const suite = suiteOf('no-clamp', [WRITTEN]);
    await expect(runSuite(suite, [noting(told, 'step')])).rejects.toThrow('no room');
    expect(told).toEqual(['begin reference:no-clamp', 'close']);
  });

  it('plays written cases as it is told to, and says why one could not be run', async () => {
    const suite = suiteOf('no-clamp', [WRITTEN], (block) =>
      Promise.resolve(
        block.map((one, at) => {
          const none = new Uint8Array();
          const incident = quietIncident('unsupported', `no engine plays ${one.case.id}`);
          return { at, request: { program: none } as never, expected: none, observed: none, incident };
        }),
      ),
    );
    const { result, conclusion } = await runSuite(suite, []);
    expect(result.verdicts).toMatchObject({ pass: 0, unsupported: cases.length });
    expect(result.cases.map(({ reason }) => reason)).toEqual(
      cases.map((one) => `no engine plays ${one.case.id}`),
    );
    expect(conclusion).toMatchObject({ outcome: 'incomplete', exitCode: 5 });
  });

  it.each([
    ['WSB-MEM-08', 'fail', 'kept'],
    ['WSB-LIFE-11', 'fail', 'does-not-conform'],
    ['WSB-LIFE-11', 'pass', 'kept'],
  ] as const)('weighs a device check of %s that ends with %s: %s', async (clause, verdict, outcome) => {
    const { result, conclusion } = await runSuite(suiteOf('none', [checksOf(clause, verdict)]), []);
    expect(result.checks).toMatchObject([{ clause, verdict }]);
    expect(conclusion.outcome).toBe(outcome);
  });
});
