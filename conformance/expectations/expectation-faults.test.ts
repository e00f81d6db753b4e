import { describe, expect, it } from 'vitest';
import { expectationFaults, type KnownNames } from './expectation-faults.js';
import type { ExpectedFailure } from './expected-failure.js';

const KNOWN: KnownNames = {
  clauses: new Set(['WSB-PARSE-03', 'WSB-APPLY-01']),
  rules: new Map([['accept-plus', ['WSB-PARSE-03']]]),
  cases: [{ id: 'WSB-PARSE-03/violation/spec="+5"', clauses: ['WSB-PARSE-03'] }],
};
const COMMON = {
  clause: 'WSB-PARSE-03',
  message: 'is broken',
  reason: 'r',
  link: 'l',
  until: '2028-02-29',
} as const;
const RULE = { ...COMMON, rule: 'accept-plus' };
const CASES = { ...COMMON, cases: ['WSB-PARSE-03/violation'], observed: ['step 0: ok'] };

describe('expectationFaults', () => {
  it('finds none in entries of every kind', () => {
    const differences = [{ path: 'steps[0]', expected: '*', observed: 'ok' }];
    expect(expectationFaults([RULE, CASES, { ...COMMON, differences }, COMMON], KNOWN)).toEqual([]);
  });

  it.each<[string, ExpectedFailure, RegExp]>([
    ['an unknown clause', { ...COMMON, clause: 'WSB-APPLY-99' }, /^\/failures\/0\/clause is WSB-APPLY-99/],
    ['an unknown rule', { ...RULE, rule: 'no-rule' }, /^\/failures\/0\/rule is no-rule.*accept-plus$/],
    [
      'a clause that the rule keeps',
      { ...RULE, clause: 'WSB-APPLY-01' },
      /but the rule accept-plus breaks WSB-PARSE-03/,
    ],
    [
      'a clause of other cases',
      { ...CASES, clause: 'WSB-APPLY-01' },
      /^\/failures\/0\/clause .* \/cases\/0 names no case/,
    ],
    [
      'a query that names no case',
      { ...CASES, cases: ['WSB-NONE*'] },
      /^\/failures\/0\/cases\/0 names no case/,
    ],
    ['no day', { ...COMMON, until: '2027-13-45' }, /^\/failures\/0\/until is 2027-13-45/],
    ['a day that the year has not', { ...COMMON, until: '2027-02-29' }, /no day of the calendar/],
  ])('finds %s', (_, entry, fault) => {
    const found = expectationFaults([entry], KNOWN);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(fault);
  });

  it('finds an entry that is there twice', () => {
    expect(expectationFaults([RULE, CASES, RULE], KNOWN)).toEqual([
      '/failures/2 matches what /failures/0 matches',
    ]);
  });
});
