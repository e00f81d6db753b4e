import { beforeAll, describe, expect, it } from 'vitest';
import { WRONG_RULES } from '../../reference/index.js';
import type { VerdictCounts } from '../model/verdict.js';
import { filterOf } from '../model/filter.js';
import { planRun } from '../run/plan/plan-run.js';
import { run } from '../run/run.js';
import type { RunResult } from '../model/run-result.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles, referenceOracle } from '../oracle/oracle.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';
import type { ExpectedByCases, ExpectedByRule, ExpectedFailure } from './expected-failure.js';
import { expectationsFile, loadExpectations } from './expectations.js';
import { KnownFailures } from './known-failures.js';
import { mendedEntries, staleEntries, type ExpectedResult, staleText } from './stale-entries.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const oracle = referenceOracle(() => null);
const TODAY = '2026-11-22';

const RULE: ExpectedByRule = {
  clause: 'WSB-PARSE-03',
  rule: 'accept-plus',
  message: 'should be "load InvalidProgram"',
  reason: 'A plus is taken.',
  link: 'https://example.org/issues/1',
  until: TODAY,
};
const PLUS = 'WSB-PARSE-03/violation/spec="+5"';
const CASES: ExpectedByCases = {
  clause: RULE.clause,
  cases: [PLUS],
  observed: ['step 0: ok', 'engine 0: 5 from the compile-spec (deserialize, set 5, context)'],
  message: RULE.message,
  reason: RULE.reason,
  link: RULE.link,
  until: RULE.until,
};

async function judged(
  variant: string | null,
  entries: readonly ExpectedFailure[],
  { today = TODAY, whole = true } = {},
): Promise<ExpectedResult> {
  const rules = variant === null ? undefined : WRONG_RULES[variant];
  const subject = referenceSubject(
    'reference',
    referenceOracle(() => null, rules),
    'test',
  );
  const plan = planRun({
    root,
    schemas,
    policies: { own: 'upstream', oracles: policyOracles(() => null) },
    seed: 1,
    cases: 3600,
    decisions: 0,
    exhaustive: false,
    written: true,
    filter: filterOf('*'),
  }).filter(({ name }) => name === 'parsing' || name === 'generated');
  const live = entries.filter(({ until }) => until >= today);
  const known = new KnownFailures(live, (own) => referenceOracle(() => null, own));
  const result = await run({ subject, oracle }, plan, { known });
  return staleEntries(result, entries, known, today, () => whole);
}

/** Whether every case passed, or failed as it is known to. */
const isGood = ({ pass, 'expected-fail': known, ...others }: VerdictCounts): boolean =>
  pass + known > 0 && Object.values(others).every((count) => count === 0);

const verdictOf = ({ cases }: RunResult, id: string): string | undefined =>
  cases.find((one) => one.case.id === id)?.verdict;

describe('staleEntries', () => {
  let expected: ExpectedResult;
  beforeAll(async () => {
    expected = await judged('accept-plus', [RULE]);
  });

  it('finds none where every failure is expected', () => {
    expect(expected.stale).toEqual([]);
    expect(isGood(expected.result.verdicts)).toBe(true);
    expect(expected.result.verdicts['expected-fail']).toBeGreaterThan(0);
  });

  it.each<[string, ExpectedFailure]>([
    ['a rule', RULE],
    ['cases', CASES],
  ])('fails the run for %s that is expected and passes', async (_, entry) => {
    const { result, stale } = await judged(null, [entry]);
    expect(stale).toEqual([{ entry, why: 'passes', cases: [] }]);
    expect(verdictOf(result, PLUS)).toBe('unexpected-pass');
    expect(isGood(result.verdicts)).toBe(false);
    expect(mendedEntries([entry], stale)).toEqual([]);
  });

  it('takes the cases that pass out of an entry, and leaves the others', async () => {
    const minus = 'WSB-PARSE-03/violation/spec="-0"';
    const nothing = 'WSB-PARSE-03/violation/spec="no such case"';
    const passing: ExpectedFailure = { ...CASES, cases: [PLUS, minus] };
    const half = await judged('accept-plus', [passing]);
    expect(half.stale).toEqual([{ entry: passing, why: 'passes', cases: [minus] }]);
    expect(verdictOf(half.result, PLUS)).toBe('expected-fail');
    expect(verdictOf(half.result, minus)).toBe('unexpected-pass');
    expect(mendedEntries([passing], half.stale)).toEqual([CASES]);
    expect(staleText('upstream.json', half.stale)).toMatch(
      /these of its cases pass[^]*- +"WSB-PARSE-03[^]*-0/,
    );
    const missing: ExpectedFailure = { ...CASES, cases: [PLUS, nothing] };
    const { stale } = await judged('accept-plus', [missing]);
    expect(stale).toEqual([{ entry: missing, why: 'matches-nothing', cases: [nothing] }]);
    expect((await judged('accept-plus', [missing], { whole: false })).stale).toEqual([]);
  });

  it('says nothing of an entry whose case fails otherwise: that fails the run', async () => {
    const { result, stale } = await judged('accept-plus', [{ ...CASES, observed: ['step 0: ok'] }]);
    expect(stale).toEqual([]);
    expect(verdictOf(result, PLUS)).toBe('fail');
  });

  it('tells of an entry that has expired, that is about no case, or whose message no case has', async () => {
    const expired = await judged('accept-plus', [RULE], { today: '2026-11-23' });
    expect(expired.stale).toEqual([{ entry: RULE, why: 'expired', cases: [] }]);
    expect(isGood(expired.result.verdicts)).toBe(false);
    const elsewhere: ExpectedFailure = { ...RULE, rule: 'no-clamp', clause: 'WSB-BLOB-01' };
    const { result, stale } = await judged(null, [elsewhere]);
    expect(stale).toEqual([{ entry: elsewhere, why: 'matches-nothing', cases: [] }]);
    expect(result).toMatchObject({ verdicts: { fail: 0, 'unexpected-pass': 0 } });
    expect((await judged(null, [elsewhere], { whole: false })).stale).toEqual([]);
    expect(staleText('upstream.json', stale)).toMatch(
      /upstream\.json[^]*no failure matches it, by its message too. Remove it[^]*WSB-BLOB-01/,
    );
    const other: ExpectedFailure = { ...RULE, message: 'something else' };
    expect((await judged('accept-plus', [other])).stale).toEqual([
      { entry: other, why: 'matches-nothing', cases: [] },
    ]);
    expect(staleText('upstream.json', stale, true)).toContain(
      'upstream.json no longer held; what is marked was',
    );
    expect(staleText('upstream.json', [])).toBe('');
  });
});

describe('expectations', () => {
  it('are read from the file of the subject, which keeps to its schema', () => {
    expect(expectationsFile('so:./a b.so')).toBe('conformance/expectations/so-a-b-so.json');
    expect(loadExpectations(root, schemas, 'nobody')).toBeNull();
    const failures = loadExpectations(root, schemas, 'upstream')?.failures ?? [];
    expect(failures.length).toBeGreaterThan(5);
    expect(() => new KnownFailures(failures, (own) => referenceOracle(() => null, own))).not.toThrow();
  });

  it('name cases that there are', () => {
    const ids = new Set(ALL_CASES.map(({ id }) => id));
    const failures = loadExpectations(root, schemas, 'upstream')?.failures ?? [];
    const named = failures.flatMap((entry) => ('cases' in entry ? entry.cases : []));
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((query) => !ids.has(query))).toEqual([]);
  });
});
