import { describe, expect, it } from 'vitest';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { NO_LEAKS, type Outcome } from '../../reference/outcome/outcome.js';
import { ALL_CASES } from '../cases/all-cases.js';
import type { Verdict } from '../model/verdict.js';
import type { Finding } from '../model/finding.js';
import type { CaseResult } from '../model/run-result.js';
import { agreementText, clauseLines, clauseResults } from './clause-results.js';

const SILENT = 'a'.repeat(16);
const MINUS = 'b'.repeat(16);

function one(clause: ClauseId, verdict: Verdict, finding: string | null = null): CaseResult {
  const id = `${clause}/control/${verdict}`;
  return { case: { id, clauses: [clause], kind: 'control' }, section: 'parsing', verdict, finding };
}

function findingOf(fingerprint: string, clause: ClauseId): Finding {
  const outcome: Outcome = {
    program: { kind: 'ok' },
    steps: [],
    engines: [],
    leaks: NO_LEAKS,
    violations: [],
  };
  const [failed] = ALL_CASES;
  if (failed === undefined) throw new Error('There is no case.');
  return {
    fingerprint,
    verdict: 'expected-fail',
    clause,
    case: failed,
    expected: outcome,
    observed: outcome,
    differences: [],
    occurrences: 1,
  };
}

const RESULT = {
  cases: [
    one('WSB-PREC-01', 'pass'),
    one('WSB-PARSE-03', 'expected-fail', MINUS),
    one('WSB-PARSE-03', 'pass'),
    one('WSB-FAIL-09', 'expected-fail', SILENT),
    one('WSB-APPLY-03', 'expected-fail', SILENT),
    one('WSB-PROG-02', 'unsupported'),
    one('WSB-APPLY-01', 'fail'),
  ],
  findings: [findingOf(MINUS, 'WSB-PARSE-03'), findingOf(SILENT, 'WSB-FAIL-09')],
};

describe('clauseResults', () => {
  it('counts the verdicts of each clause, in order, and what is traced to it', () => {
    const results = clauseResults(RESULT);
    expect(results.map(({ clause, cases, known }) => [clause, cases, known])).toEqual([
      ['WSB-APPLY-01', 1, 0],
      ['WSB-APPLY-03', 1, 0],
      ['WSB-FAIL-09', 1, 2],
      ['WSB-PARSE-03', 2, 1],
      ['WSB-PREC-01', 1, 0],
      ['WSB-PROG-02', 1, 0],
    ]);
    expect(results[3]?.verdicts).toMatchObject({ pass: 1, 'expected-fail': 1, fail: 0 });
    expect(clauseLines(results)[0]).toMatchObject({ record: 'clause', clause: 'WSB-APPLY-01', cases: 1 });
  });
});

describe('agreementText', () => {
  it('tells the clauses at fault, and counts none that fails otherwise among those that agree', () => {
    expect(agreementText(clauseResults(RESULT))).toBe(
      'Agrees with the reference on 3 of 6 clauses; written cases that fail as expected, by the clause at fault: ' +
        'WSB-FAIL-09 (2), WSB-PARSE-03 (1).\n',
    );
    expect(agreementText(clauseResults({ cases: [one('WSB-PREC-01', 'pass')], findings: [] }))).toBe('');
  });
});
