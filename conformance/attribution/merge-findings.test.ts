import { describe, expect, it } from 'vitest';
import { WRONG_RULES } from '../../reference/index.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { knownErrors } from './known-errors.js';
import { referenceOracle } from '../oracle/oracle.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';
import { mergeFindings } from './merge-findings.js';
import type { RunResult } from '../model/run-result.js';
import { run } from '../run/run.js';

const known = knownErrors(suiteRoot());

/** The written cases on a variant of the reference. */
async function written(name: string): Promise<RunResult> {
  const oracle = referenceOracle(() => null);
  const wrong = referenceOracle(() => null, WRONG_RULES[name]);
  const cases = ALL_CASES.map((one) => ({ case: one, expected: null }));
  const subject = referenceSubject(name, wrong, 'test');
  return run({ subject, oracle }, [{ kind: 'fixed', name: 'written', cases }]);
}

const total = ({ findings }: RunResult): number =>
  findings.reduce((sum, { occurrences }) => sum + occurrences, 0);

describe('mergeFindings', () => {
  it('tells findings as one that one known error explains, and loses no case', async () => {
    const seen = await written('spec-over-option');
    expect(seen.findings.length).toBeGreaterThan(1);
    const merged = mergeFindings(seen, known);
    expect(merged.findings.map(({ clause }) => clause)).toEqual(['WSB-PREC-01']);
    expect(total(merged)).toBe(total(seen));
    const named = merged.cases.flatMap(({ finding }) => finding ?? []);
    expect(new Set(named)).toEqual(new Set(merged.findings.map(({ fingerprint }) => fingerprint)));
    expect(merged.verdicts).toEqual(seen.verdicts);
  });

  it('leaves what no known error explains', async () => {
    const seen = await written('spec-over-option');
    expect(mergeFindings(seen, [])).toEqual(seen);
    const other = known.filter(({ clause }) => clause !== 'WSB-PREC-01');
    const clauses = mergeFindings(seen, other).findings.map(({ clause }) => clause);
    expect(clauses).toContain('WSB-PREC-01');
    expect(clauses.length).toBeGreaterThan(1);
  });

  it('keeps two errors apart', async () => {
    const [first, second] = [await written('spec-over-option'), await written('no-clamp')];
    const both = { ...first, findings: [...first.findings, ...second.findings] };
    const merged = mergeFindings(both, known);
    expect(merged.findings.map(({ clause }) => clause)).toEqual(['WSB-APPLY-01', 'WSB-PREC-01']);
    expect(total(merged)).toBe(total(both));
  });
});
