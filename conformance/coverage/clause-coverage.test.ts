import { describe, expect, it } from 'vitest';
import type { CaseKind } from '../model/case.js';
import type { Verdict } from '../model/verdict.js';
import type { Clause, ClauseId } from '../spec/clause.js';
import { clauseCoverage, coverageText, type RunCase } from './clause-coverage.js';

function clauseOf(id: ClauseId, change: Partial<Clause> = {}): Clause {
  return {
    id,
    area: 'parsing',
    level: 'MUST',
    since: '0.1',
    title: 'No sign',
    sentence: 'It MUST be rejected.',
    judgedBy: 'outcome',
    cases: 'control `0`; violation `+5`; boundary `-0`.',
    source: 'observed on the released binary 0.1.0',
    file: 'spec/clauses/parsing.md',
    line: 5,
    textHash: id,
    ...change,
  };
}

function ran(id: ClauseId, kinds: readonly CaseKind[], verdict: Verdict = 'pass'): RunCase[] {
  return kinds.map((kind) => ({ case: { clauses: [id], kind }, verdict }));
}

const ALL_KINDS = ['control', 'violation', 'boundary'] as const;
const MUST = clauseOf('WSB-PARSE-01');
const SHOULD = clauseOf('WSB-PARSE-02', { level: 'SHOULD' });
const MAY = clauseOf('WSB-PARSE-03', { level: 'MAY' });
const UNJUDGED = clauseOf('WSB-PARSE-04', { level: 'SHOULD', judgedBy: 'nothing' });

describe('clauseCoverage', () => {
  const isCovered = (...results: readonly RunCase[]): boolean =>
    clauseCoverage([MUST], results).levels.MUST.covered === 1;

  it('counts a clause of which every kind of case was run', () => {
    expect(isCovered(...ran('WSB-PARSE-01', ALL_KINDS))).toBe(true);
    expect(isCovered()).toBe(false);
  });

  it.each(ALL_KINDS)('does not count one without a %s case', (kind) => {
    expect(
      isCovered(
        ...ran(
          'WSB-PARSE-01',
          ALL_KINDS.filter((other) => other !== kind),
        ),
      ),
    ).toBe(false);
  });

  it.each(['fail', 'expected-fail', 'unexpected-pass', 'crashed', 'timed-out', 'protocol-error'] as const)(
    'counts a case that ended with %s',
    (verdict) => {
      expect(isCovered(...ran('WSB-PARSE-01', ALL_KINDS, verdict))).toBe(true);
    },
  );

  it.each(['unsupported', 'inconclusive'] as const)('does not count a case that is %s', (verdict) => {
    const [control] = ran('WSB-PARSE-01', ['control'], verdict);
    expect(
      control === undefined || isCovered(control, ...ran('WSB-PARSE-01', ['violation', 'boundary'])),
    ).toBe(false);
  });

  it('counts a case for the clause that it names first alone', () => {
    const guests = ALL_KINDS.map((kind): RunCase => ({
      case: { clauses: ['WSB-PARSE-02', 'WSB-PARSE-01'], kind },
      verdict: 'pass',
    }));
    expect(isCovered(...guests)).toBe(false);
    expect(clauseCoverage([SHOULD], guests).levels.SHOULD).toEqual({ clauses: 1, covered: 1 });
  });

  it('wants no violation of a MAY, and never covers what nothing judges', () => {
    const coverage = clauseCoverage(
      [MAY, UNJUDGED],
      [...ran('WSB-PARSE-03', ['control', 'boundary']), ...ran('WSB-PARSE-04', ALL_KINDS)],
    );
    expect(coverage).toEqual({
      levels: {
        MUST: { clauses: 0, covered: 0 },
        SHOULD: { clauses: 1, covered: 0 },
        MAY: { clauses: 1, covered: 1 },
      },
      unjudged: ['WSB-PARSE-04'],
    });
  });
});

describe('coverageText', () => {
  it('tells each level, and what nothing judges', () => {
    const results = [...ran('WSB-PARSE-01', ALL_KINDS), ...ran('WSB-PARSE-03', ['control', 'boundary'])];
    expect(coverageText(clauseCoverage([MUST, SHOULD, MAY, UNJUDGED], results))).toBe(
      'Clauses: 1 of 1 MUST (100 %) with control, failing and boundary cases; 0 of 2 SHOULD (0 %); 1 of 1 MAY (100 %). ' +
        'Nothing judges yet: WSB-PARSE-04.',
    );
  });

  it('says 100 % of what is complete alone', () => {
    const clauses = Array.from({ length: 300 }, (_, at) => clauseOf(`WSB-A-${at}`));
    const results = clauses.slice(1).flatMap(({ id }) => ran(id, ALL_KINDS));
    expect(coverageText(clauseCoverage(clauses, results))).toBe(
      'Clauses: 299 of 300 MUST (99 %) with control, failing and boundary cases.',
    );
  });

  it('has words for nothing', () => {
    expect(coverageText(clauseCoverage([], []))).toBe('Clauses: none.');
  });
});
