import { describe, expect, it } from 'vitest';
import type { Policy, Rules } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { readCatalogue } from '../catalogue/catalogue.js';
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

/** Clauses about metadata, which the volume generator does not vary; fast-check draws it. */
const ABOUT_METADATA: readonly ClauseId[] = ['WSB-BLOB-06', 'WSB-BLOB-10', 'WSB-BLOB-15', 'WSB-LIFE-13'];

const known = {
  fitting: knownErrors(suiteRoot(), 'fitting'),
  upstream: knownErrors(suiteRoot(), 'upstream'),
} satisfies Record<Policy, unknown>;
const oracles = policyOracles(() => null);

const wrong = readCatalogue(suiteRoot()).flatMap(({ rules, ...entry }) =>
  rules === undefined ? [] : [{ ...entry, rules }],
);

/** What is found on a subject with wrong rules: one finding, because it breaks one rule. */
async function findingsOf(rules: Rules, section: Section): Promise<readonly Finding[]> {
  const subject = referenceSubject(
    'wrong',
    referenceOracle(() => null, rules),
    'test',
    rules.policy,
  );
  const seen = await run({ subject, oracle: oracles[rules.policy] }, [section]);
  return mergeFindings(seen, known[rules.policy]).findings;
}

describe.each(wrong)('the wrong rule $name', ({ clause, also = [], rules }) => {
  const accepted = [clause, ...also];

  it('is found by generated cases that are about it, made small, told as one finding and blamed on its clause', async () => {
    const findings = await findingsOf(rules, {
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
    const policies: Policies = { own: rules.policy, oracles };
    const cases = ALL_CASES.map((one) => underPolicy({ case: one, expected: null }, policies));
    const findings = await findingsOf(rules, { kind: 'fixed', name: 'written', cases });
    expect(findings.map((finding) => accepted.includes(finding.clause))).toEqual([true]);
  });
});

const aboutMetadata = wrong.filter(({ clause }) => ABOUT_METADATA.includes(clause));

describe.each(aboutMetadata)('the wrong rule $name', ({ rules }) => {
  it('is found by cases that fast-check draws, made small', async () => {
    const findings = await findingsOf(rules, {
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
