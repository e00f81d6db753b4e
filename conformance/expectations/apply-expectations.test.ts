import { beforeAll, describe, expect, it } from 'vitest';
import { VARIANTS } from '../../reference/index.js';
import { conforms } from '../compare/verdict.js';
import { filterOf } from '../run/filter.js';
import { planRun } from '../run/plan-run.js';
import { run } from '../run/run.js';
import type { RunResult } from '../run/run-result.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles, referenceOracle } from '../subjects/oracle.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';
import { applyExpectations } from './apply-expectations.js';
import { expectationsFile, loadExpectations, type ExpectedFailure } from './expectations.js';
import { staleText } from './stale-text.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const oracles = policyOracles(() => null);
const oracle = oracles.upstream;
const TODAY = '2026-11-22';

const KNOWN: ExpectedFailure = {
  clause: 'WSB-PARSE-03',
  message: 'should be "load InvalidProgram"',
  reason: 'A plus is taken.',
  link: 'https://example.org/issues/1',
  until: '2026-11-22',
};

async function resultOf(variant: string | null): Promise<RunResult> {
  const rules = variant === null ? undefined : VARIANTS[variant]?.rules;
  const subject = referenceSubject(
    'reference',
    referenceOracle(() => null, rules),
    'test',
  );
  const plan = planRun({
    root,
    schemas,
    policies: { own: 'upstream', oracles },
    seed: 1,
    cases: 600,
    decisions: 0,
    exhaustive: false,
    volume: false,
    written: true,
    filter: filterOf('*'),
  }).filter(({ name }) => name === 'parsing' || name === 'generated');
  return run({ subject, oracle }, plan);
}

describe('applyExpectations', () => {
  let failing: RunResult;
  let passing: RunResult;
  beforeAll(async () => {
    failing = await resultOf('accept-plus');
    passing = await resultOf(null);
  });

  it('expects the failures that are listed, written and generated ones', () => {
    expect(conforms(failing.verdicts)).toBe(false);
    const { result, stale } = applyExpectations(failing, [KNOWN], TODAY, true);
    expect(stale).toEqual([]);
    expect(result.verdicts.fail).toBe(0);
    expect(result.verdicts['expected-fail']).toBe(failing.verdicts.fail);
    expect(result.findings.map(({ verdict }) => verdict)).toEqual(['expected-fail']);
    expect(conforms(result.verdicts)).toBe(true);
    expect(result.cases.some(({ verdict }) => verdict === 'expected-fail')).toBe(true);
  });

  it.each([
    ['another message', { message: 'something else' }],
    ['another clause', { clause: 'WSB-PARSE-04' as const }],
  ])('expects nothing by %s', (_, change) => {
    const { result, stale } = applyExpectations(failing, [{ ...KNOWN, ...change }], TODAY, true);
    expect(result.verdicts.fail).toBe(failing.verdicts.fail);
    expect(stale).toHaveLength(1);
  });

  it('leaves written cases that are not named', () => {
    const [one, ...others] = failing.cases.filter(({ verdict }) => verdict === 'fail');
    const entry = { ...KNOWN, cases: one?.case.id ?? '' };
    const { result } = applyExpectations(failing, [entry], TODAY, true);
    expect(result.cases.filter(({ verdict }) => verdict === 'fail')).toHaveLength(others.length);
    expect(conforms(result.verdicts)).toBe(false);
    expect(result.findings.map(({ verdict }) => verdict)).toEqual(['fail']);
  });

  it('fails the run for what is expected and passes', () => {
    const { result, stale } = applyExpectations(passing, [KNOWN], TODAY, true);
    expect(stale).toEqual([{ entry: KNOWN, why: 'passes' }]);
    expect(result.verdicts['unexpected-pass']).toBeGreaterThan(0);
    expect(conforms(result.verdicts)).toBe(false);
  });

  it('tells of an entry that has expired, or that is about no case, and how to mend that', () => {
    const expired = applyExpectations(failing, [KNOWN], '2026-11-23', true);
    expect(expired.stale).toEqual([{ entry: KNOWN, why: 'expired' }]);
    expect(expired.result.verdicts).toEqual(failing.verdicts);
    const entry = { ...KNOWN, clause: 'WSB-BLOB-01' as const };
    const { stale } = applyExpectations(passing, [entry], TODAY, true);
    expect(stale).toEqual([{ entry, why: 'matches-nothing' }]);
    expect(applyExpectations(passing, [entry], TODAY, false).stale).toEqual([]);
    expect(staleText('upstream', stale)).toMatch(
      /upstream\.json[^]*no finding matches it. Take it out[^]*WSB-BLOB-01/,
    );
    expect(staleText('upstream', [])).toBe('');
  });
});

describe('expectations', () => {
  it('are read from the file of the subject, which keeps to its schema', () => {
    expect(expectationsFile('so:./a b.so')).toBe('conformance/expectations/so-a-b-so.json');
    expect(loadExpectations(root, schemas, 'nobody')).toEqual({ subject: 'nobody', failures: [] });
    expect(loadExpectations(root, schemas, 'upstream').failures.length).toBeGreaterThan(5);
  });
});
