import { describe, expect, it } from 'vitest';
import { STANDARD_RULES, VARIANTS, type Policy, type Rules } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { arbitraryBlocks } from '../generators/arbitrary-blocks.js';
import { generatedBlocks } from '../generators/blocks.js';
import type { Finding } from '../model/finding.js';
import { mergeFindings } from '../attribution/merge-findings.js';
import { run } from '../run/run.js';
import { underPolicy, type Policies } from '../oracle/under-policy.js';
import type { Section } from '../run/plan/section.js';
import { suiteRoot } from '../suite-root.js';
import { knownErrors } from '../attribution/known-errors.js';
import { policyOracles, referenceOracle } from '../oracle/oracle.js';
import { referenceSubject } from '../subjects/reference-subject.js';

const GENERATED = 5000;
const DRAWN = 1500;

/** A malformed option that falls through breaks two clauses that say so; a compile spec aside, the second is seen. */
const ALSO: Readonly<Partial<Record<ClauseId, ClauseId>>> = { 'WSB-PREC-09': 'WSB-OPT-09' };

/** Clauses about metadata, which the volume generator does not vary; fast-check draws it. */
const ABOUT_METADATA: readonly ClauseId[] = ['WSB-BLOB-06', 'WSB-BLOB-10', 'WSB-BLOB-15', 'WSB-LIFE-13'];

const known = {
  fitting: knownErrors(suiteRoot(), 'fitting'),
  upstream: knownErrors(suiteRoot(), 'upstream'),
} satisfies Record<Policy, unknown>;
const oracles = policyOracles(() => null);

const rulesOf = (name: string): Rules => VARIANTS[name]?.rules ?? STANDARD_RULES;

/** What is found on a variant: one finding, because it breaks one rule. */
async function findingsOf(name: string, section: Section): Promise<readonly Finding[]> {
  const rules = rulesOf(name);
  const wrong = referenceOracle(() => null, rules);
  const subject = referenceSubject(name, wrong, 'test', rules.policy);
  const seen = await run({ subject, oracle: oracles[rules.policy] }, [section]);
  return mergeFindings(seen, known[rules.policy]).findings;
}

describe.each(Object.entries(VARIANTS))('the variant %s', (name, { clause }) => {
  const accepted = [clause, ALSO[clause]].filter((each) => each !== undefined);

  it('is found by generated cases that are about it, made small, told as one finding and blamed on its clause', async () => {
    const findings = await findingsOf(name, {
      kind: 'generated',
      name: 'generated',
      count: GENERATED,
      blocks: () => generatedBlocks(1, GENERATED),
    });
    const right = findings.map((finding) => accepted.includes(finding.clause));
    expect(right).toEqual(ABOUT_METADATA.includes(clause) ? [] : [true]);
    for (const finding of findings) expect(engineCount(finding)).toBeLessThanOrEqual(2);
  });

  it('is found by written cases, told as one finding and blamed on its clause', async () => {
    const policies: Policies = { own: rulesOf(name).policy, oracles };
    const cases = ALL_CASES.map((one) => underPolicy({ case: one, expected: null }, policies));
    const findings = await findingsOf(name, { kind: 'fixed', name: 'written', cases });
    expect(findings.map((finding) => accepted.includes(finding.clause))).toEqual([true]);
  });
});

const aboutMetadata = Object.entries(VARIANTS).filter(([, { clause }]) => ABOUT_METADATA.includes(clause));

describe.each(aboutMetadata)('the variant %s', (name) => {
  it('is found by cases that fast-check draws, made small', async () => {
    const findings = await findingsOf(name, {
      kind: 'generated',
      name: 'arbitrary',
      count: DRAWN,
      blocks: () => arbitraryBlocks(1, DRAWN),
    });
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) expect(engineCount(finding)).toBeLessThanOrEqual(2);
  });
});

function engineCount({ case: { request } }: Finding): number {
  return request.program.kind === 'methods'
    ? request.program.methods.flatMap(({ delegates }) => delegates).length
    : 0;
}
