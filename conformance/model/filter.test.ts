import { describe, expect, it } from 'vitest';
import { chooses, filterOf } from './filter.js';

const CASE = { id: 'WSB-PARSE-03/violation/spec="+5"', clauses: ['WSB-PARSE-03', 'WSB-PREC-07'] } as const;

describe('a filter', () => {
  it.each([
    'WSB-PARSE-03',
    'WSB-PARSE-*',
    'WSB-PARSE-03/violation',
    'WSB-PARSE-03/violation/spec="+5"',
    '*/violation/*',
    'WSB-PREC-07',
    '*',
  ])('%s chooses the case', (query) => {
    expect(chooses(filterOf(query), CASE)).toBe(true);
  });

  it.each([
    'WSB-PARSE-0',
    'WSB-PARSE',
    'PARSE-03',
    'WSB-PARSE-03/control',
    'wsb-parse-03',
    '',
    'spec="+5"',
    '.*',
  ])('%s does not', (query) => {
    expect(chooses(filterOf(query), CASE)).toBe(false);
  });

  it('takes an id with stars in it as it is', () => {
    const id = 'WSB-PARSE-02/boundary/spec="0"*400+"42"';
    expect(filterOf(id).matches(id)).toBe(true);
  });

  it('chooses everything when there is none', () => {
    expect(chooses(null, CASE)).toBe(true);
  });
});
