import { describe, expect, it } from 'vitest';
import { chooses, filterOf, isNamedBy, queriesText, toldQueries } from './filter.js';

const CASE = { id: 'WSB-PARSE-03/violation/spec="+5"', clauses: ['WSB-PARSE-03', 'WSB-PREC-07'] } as const;

describe('a filter', () => {
  it.each([
    'WSB-PARSE-03',
    'WSB-PARSE-*',
    'WSB-PARSE-03/violation',
    'WSB-PARSE-03/violation/spec="+5"',
    '*/violation/*',
    'WSB-PREC-07',
    'wsb-parse-03',
    'WSB-parse-03/VIOLATION/Spec="+5"',
    '*',
  ])('%s chooses the case', (query) => {
    expect(chooses(filterOf(query), CASE)).toBe(true);
  });

  it.each(['WSB-PARSE-0', 'WSB-PARSE', 'PARSE-03', 'WSB-PARSE-03/control', '', 'spec="+5"', '.*'])(
    '%s does not',
    (query) => {
      expect(chooses(filterOf(query), CASE)).toBe(false);
    },
  );

  it('takes an id with stars in it as it is', () => {
    const id = 'WSB-PARSE-02/boundary/spec="0"*400+"42"';
    expect(filterOf(id).matches(id)).toBe(true);
  });

  it.each([
    [['WSB-PARSE-04', 'WSB-PREC-07'], true],
    [['WSB-PARSE-04', 'WSB-PARSE-05'], false],
    // Ids contain commas, so that a comma is one.
    [['WSB-PARSE-03,WSB-PARSE-04'], false],
    [['!WSB-PARSE-04'], true],
    [['!WSB-PARSE-03'], false],
    [['!wsb-prec-*'], false],
    [['WSB-PARSE-*', '!WSB-PREC-07'], false],
    [['!WSB-PREC-08', 'WSB-PARSE-*'], true],
    [['!WSB-PREC-08', 'WSB-TYPE-*'], false],
  ])('of several queries, %j, chooses by any and leaves out by any', (queries, chosen) => {
    expect(chooses(filterOf(queries), CASE)).toBe(chosen);
  });

  it('tells the queries that named nothing so far, also behind others that chose', () => {
    const filter = filterOf(['WSB-PARSE-*', 'WSB-PREC-07', '!generated', 'WSB-TYPO-01', '!*/typo']);
    chooses(filter, CASE);
    expect(filter.unused()).toEqual(['!generated', 'WSB-TYPO-01', '!*/typo']);
    expect(filter.matches('generated')).toBe(false);
    expect(filter.unused()).toEqual(['WSB-TYPO-01', '!*/typo']);
  });

  it('chooses everything when there is none', () => {
    expect(chooses(null, CASE)).toBe(true);
  });
});

describe('a query of a list of expected failures', () => {
  it('is taken letter by letter, since cases differ in the case of a letter alone', () => {
    expect(isNamedBy('WSB-PARSE-*', 'WSB-PARSE-03')).toBe(true);
    expect(isNamedBy('wsb-parse-*', 'WSB-PARSE-03')).toBe(false);
    expect(isNamedBy('!WSB-PREC-*', 'WSB-PARSE-03')).toBe(false);
  });
});

describe('queries in a report', () => {
  it.each([
    [[], null],
    [['a'], 'a'],
    [
      ['a', 'b,c'],
      ['a', 'b,c'],
    ],
  ])('%j are told as %j', (queries, told) => {
    expect(toldQueries(queries)).toEqual(told);
  });

  it('read as one line', () => {
    expect(queriesText('a')).toBe('a');
    expect(queriesText(['a', '!b'])).toBe('a, !b');
  });
});
