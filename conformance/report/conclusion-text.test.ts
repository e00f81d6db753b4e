import { expect, it } from 'vitest';
import type { Demonstration } from '../coverage/demonstration.js';
import { noVerdicts } from '../model/verdict.js';
import { loadClauses } from '../spec/load-clauses.js';
import { suiteRoot } from '../suite-root.js';
import { conclude } from '../run/conclusion.js';
import { conclusionText } from './conclusion-text.js';

const DEMONSTRATION: Demonstration = {
  profile: 'delegate',
  clauses: ['WSB-PROG-02', 'WSB-PARSE-03'],
  lowered: [],
  raised: [],
  unchosen: null,
  missing: ['WSB-PROG-02'],
};

it('says of a subject that is incomplete and fails what its list says both', () => {
  const findings = [{ clause: 'WSB-PARSE-03', verdict: 'expected-fail', occurrences: 2 }] as const;
  const conclusion = conclude({
    verdicts: { ...noVerdicts(), pass: 3, 'expected-fail': 2, unsupported: 1 },
    findings: findings as unknown as Parameters<typeof conclude>[0]['findings'],
    clauses: loadClauses(suiteRoot()),
    demonstration: DEMONSTRATION,
  });
  expect(conclusion.exitCode).toBe(5);
  expect(conclusionText({ conclusion, findings, stale: 0 })).toMatch(
    /^incomplete: 1 MUST clause of profile delegate not demonstrated \(WSB-PROG-02\)\. .* It breaks 1 clause \(WSB-PARSE-03\), as its list of expected failures says\.$/,
  );
});
