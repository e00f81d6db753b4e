import { describe, expect, it } from 'vitest';
import { rulesUnder, WRONG_RULES, type Outcome, type Rules } from '../../reference/index.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { knownErrors } from './known-errors.js';
import { policyOracles, referenceOracle } from '../oracle/oracle.js';
import { underPolicy } from '../oracle/under-policy.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';
import { mergeFindings, type Evidence } from './merge-findings.js';
import type { RunResult } from '../model/run-result.js';
import { run } from '../run/run.js';

const errors = knownErrors(suiteRoot(), 'fitting');
const oracle = referenceOracle(() => null, rulesUnder('fitting'));
const cases = ALL_CASES.map((one) => ({ case: one, expected: null }));
const evidence: Evidence = { errors, oracle, cases };

/** The written cases on a delegate with the rules given. */
async function written(rules: Rules | undefined): Promise<RunResult> {
  const subject = referenceSubject(
    'wrong',
    referenceOracle(() => null, rulesUnder('fitting', rules)),
    'test',
  );
  return run({ subject, oracle }, [{ kind: 'fixed', name: 'written', cases }]);
}

const specOverOption = WRONG_RULES['spec-over-option'];
const noClamp = WRONG_RULES['no-clamp'];

const total = ({ findings }: RunResult): number =>
  findings.reduce((sum, { occurrences }) => sum + occurrences, 0);

describe('mergeFindings', () => {
  it('tells findings as one that one known error explains, and loses no case', async () => {
    const seen = await written(specOverOption);
    expect(seen.findings.length).toBeGreaterThan(1);
    const merged = mergeFindings(seen, evidence);
    expect(merged.findings.map(({ clause }) => clause)).toEqual(['WSB-PREC-01']);
    expect(total(merged)).toBe(total(seen));
    const [one] = merged.findings;
    expect([one?.clause, ...(one?.also ?? [])].sort()).toEqual(seen.findings.map(({ clause }) => clause));
    const named = merged.cases.flatMap(({ finding }) => finding ?? []);
    expect(new Set(named)).toEqual(new Set(merged.findings.map(({ fingerprint }) => fingerprint)));
    expect(merged.verdicts).toEqual(seen.verdicts);
  });

  it('does so too for a subject that does not say where budgets come from', async () => {
    const seen = await written(WRONG_RULES['set-option-taken-for-granted']);
    const untold = ({ engines, ...outcome }: Outcome): Outcome => ({
      ...outcome,
      engines: engines.map((engine) => ({ ...engine, source: null })),
    });
    const findings = seen.findings.map((one) => ({
      ...one,
      expected: untold(one.expected),
      observed: untold(one.observed),
    }));
    const merged = mergeFindings({ ...seen, findings }, evidence);
    expect(seen.findings.length).toBeGreaterThan(1);
    expect(merged.findings.map(({ clause }) => clause)).toEqual(['WSB-SET-01']);
  });

  it('leaves what no known error explains', async () => {
    const seen = await written(specOverOption);
    expect(mergeFindings(seen, { ...evidence, errors: [] })).toEqual(seen);
    const other = errors.filter(({ clause }) => clause !== 'WSB-PREC-01');
    const clauses = mergeFindings(seen, { ...evidence, errors: other }).findings.map(({ clause }) => clause);
    expect(clauses).toContain('WSB-PREC-01');
    expect(clauses.length).toBeGreaterThan(1);
  });

  it('keeps two errors apart', async () => {
    if (specOverOption === undefined || noClamp === undefined) throw new Error('There is no such rule.');
    const seen = await written({ ...specOverOption, applyBudget: noClamp.applyBudget });
    const merged = mergeFindings(seen, evidence);
    expect(merged.findings.map(({ clause }) => clause)).toEqual(['WSB-APPLY-01', 'WSB-PREC-01']);
    expect(total(merged)).toBe(total(seen));
  });

  it('leaves to a delegate what it also does without its error', async () => {
    // Under this policy a delegate fails the SHOULD clauses of the other one, whatever its rules.
    const oracles = policyOracles(() => null);
    const demanded = cases.map((one) => underPolicy(one, { own: 'upstream', oracles }));
    const found = async (rules?: Rules): Promise<RunResult> => {
      const own = referenceOracle(() => null, rulesUnder('upstream', rules));
      const opened = { subject: referenceSubject('wrong', own, 'test'), oracle: oracles.upstream };
      const seen = await run(opened, [{ kind: 'fixed', name: 'written', cases: demanded }]);
      const known = knownErrors(suiteRoot(), 'upstream');
      return mergeFindings(seen, { errors: known, oracle: oracles.upstream, cases: demanded });
    };
    const counts = ({ findings }: RunResult): object =>
      Object.fromEntries(findings.map(({ clause, occurrences }) => [clause, occurrences]));
    const [right, wrong] = [await found(), await found(WRONG_RULES['first-duplicate-wins'])];
    expect(Object.keys(counts(right))).toContain('WSB-AUTO-02');
    const more = wrong.verdicts.fail - right.verdicts.fail;
    expect(more).toBeGreaterThan(0);
    expect(counts(wrong)).toEqual({ ...counts(right), 'WSB-PREC-06': more });
  });
});
