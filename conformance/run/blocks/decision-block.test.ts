import { describe, expect, it } from 'vitest';
import { STANDARD_RULES, WRONG_RULES, type Rules } from '../../../reference/index.js';
import { ruledOutcomes } from '../../bulk/flat/ruled-outcome.js';
import { ALL_CASES } from '../../cases/all-cases.js';
import { decisionOfCase } from '../../cases/decision-of-case.js';
import { referenceOracle } from '../../oracle/oracle.js';
import { loadSchemas } from '../../spec/schemas.js';
import { referenceSubject } from '../../subjects/reference-subject.js';
import type { InProcessSubject } from '../../subjects/subject.js';
import { suiteRoot } from '../../suite-root.js';
import { CaseBatch } from '../../protocol/case-batch.js';
import { planRun } from '../plan/plan-run.js';
import type { Section } from '../plan/section.js';
import { run } from '../run.js';

const oracle = referenceOracle(() => null);
const root = suiteRoot();
const schemas = loadSchemas(root);
const DECIDED = ALL_CASES.filter((one) => decisionOfCase(one) !== null);

/** A subject whose programs are all right, and whose decisions follow other rules. */
function deciding(rules: Rules, programs = true): InProcessSubject {
  const whole = referenceSubject('test', oracle, 'test');
  return {
    ...whole,
    capabilities: { ...whole.capabilities, decision: true, program: programs },
    decide: (records) => {
      const batch = CaseBatch.of('decision', records);
      const one = (_: unknown, at: number): Uint8Array =>
        ruledOutcomes('decision', batch.record(at).slice())(rules);
      return Buffer.concat(Array.from({ length: batch.count }, one));
    },
  };
}

function plan(decided: 'beside' | 'in place', written: boolean): Section[] {
  const policies = { own: 'upstream', oracles: { upstream: oracle, fitting: oracle } } as const;
  const none = { seed: 1, cases: 0, decisions: 0, exhaustive: false, filter: null };
  return planRun({ root, schemas, policies, ...none, written, decided });
}

describe('written cases at decision depth', () => {
  it('are run beside the whole programs, in a section of their own', async () => {
    const sections = plan('beside', true).filter(({ name }) => name === 'rules');
    const { verdicts, cases } = await run({ subject: deciding(STANDARD_RULES), oracle }, sections);
    expect(verdicts.pass).toBe(DECIDED.length);
    expect(cases.map(({ case: { id } }) => id)).toEqual(DECIDED.map(({ id }) => `rules/${id}`));
  });

  it('take the place of the programs of a subject that has no other depth', async () => {
    const subject = deciding(STANDARD_RULES, false);
    const { cases, findings } = await run({ subject, oracle }, plan('in place', false));
    expect(findings).toEqual([]);
    expect(cases.map(({ case: { id } }) => id)).toEqual(DECIDED.map(({ id }) => id));
    expect(new Set(cases.map(({ verdict }) => verdict))).toEqual(new Set(['pass']));
  });

  it.each(['accept-plus', 'no-clamp', 'first-duplicate-wins', 'malformed-spec-ignored'])(
    'show %s, though the programs are all right',
    async (name) => {
      const rules = WRONG_RULES[name];
      if (rules === undefined) throw new Error(`There is no ${name}.`);
      const sections = plan('in place', false);
      const { verdicts, findings } = await run({ subject: deciding(rules, false), oracle }, sections);
      expect(verdicts.fail).toBeGreaterThan(0);
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.every(({ case: one }) => DECIDED.some(({ id }) => id === one.id))).toBe(true);
    },
  );

  it('are unsupported by a subject that does not decide', async () => {
    const subject = referenceSubject('test', oracle, 'test');
    const { verdicts } = await run({ subject, oracle }, plan('in place', false));
    expect(verdicts).toMatchObject({ unsupported: DECIDED.length, pass: 0, fail: 0 });
  });
});
