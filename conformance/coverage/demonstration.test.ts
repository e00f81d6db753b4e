import { describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import { decisionOfCase } from '../cases/decision-of-case.js';
import { type Verdict, VERDICTS } from '../model/verdict.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadProfiles, type Observation } from '../spec/profiles.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { demonstrate, isAnswered } from './demonstration.js';
import type { Requirement } from './requirement.js';

const clauses = loadClauses(suiteRoot());
const PROFILES = loadProfiles(suiteRoot(), loadSchemas(suiteRoot()));
const REQUIRED: Requirement = {
  profile: 'delegate',
  clauses: ['WSB-PARSE-03', 'WSB-PREC-01', 'WSB-EXPORT-01'],
  lowered: [],
  raised: [],
  unchosen: null,
};

/** What is missing when each written case ended as `verdictOf` says. */
function missing(verdictOf: (id: string, kind: string) => Verdict): readonly string[] {
  const results = ALL_CASES.map((one) => ({ case: one, verdict: verdictOf(one.id, one.kind) }));
  return demonstrate(REQUIRED, clauses, results, PROFILES).missing;
}

describe('demonstrate', () => {
  it('takes an answer for what it is, right or wrong, and nothing else for one', () => {
    const answers = VERDICTS.filter(isAnswered);
    expect(answers).toEqual(['pass', 'fail', 'expected-fail', 'unexpected-pass']);
    for (const verdict of answers) expect(missing(() => verdict)).toEqual(['WSB-EXPORT-01']);
    for (const verdict of VERDICTS.filter((each) => !isAnswered(each))) {
      expect(missing(() => verdict)).toEqual(REQUIRED.clauses);
    }
  });

  it.each(['control', 'violation', 'boundary'])(
    'misses a clause whose %s cases were not answered',
    (kind) => {
      expect(missing((_, each) => (each === kind ? 'unsupported' : 'pass'))).toEqual(REQUIRED.clauses);
    },
  );

  it('misses a clause one case of which was not answered', () => {
    const [first] = ALL_CASES.filter(({ clauses: [clause] }) => clause === 'WSB-PREC-01');
    expect(missing((id) => (id === first?.id ? 'crashed' : 'pass'))).toEqual([
      'WSB-PREC-01',
      'WSB-EXPORT-01',
    ]);
  });

  it('shows by an answer at decision depth what a decision shows, and no other clause', () => {
    const results = ALL_CASES.map((one) => ({
      ...({ case: { ...one, id: `rules/${one.id}` }, verdict: 'pass', depth: 'decision' } as const),
    }));
    const requirement = { ...REQUIRED, clauses: ['WSB-PREC-01', 'WSB-BLOB-11'] } as const;
    expect(demonstrate(requirement, clauses, results, PROFILES).missing).toEqual(['WSB-BLOB-11']);
    const asked = results.filter(({ case: one }) => decisionOfCase(one) !== null);
    const budget = { ...requirement, profile: 'budget' } as const;
    expect(demonstrate(budget, clauses, asked, PROFILES).missing).toEqual(['WSB-BLOB-11']);
  });

  it('shows by nothing what the subject does not tell', () => {
    const results = ALL_CASES.map((one) => ({ case: one, verdict: 'pass' as const }));
    const requirement = { ...REQUIRED, clauses: ['WSB-PREC-01', 'WSB-FAIL-04', 'WSB-LIFE-06'] } as const;
    const lacking = (...untold: readonly Observation[]): object =>
      demonstrate(requirement, clauses, results, PROFILES, untold);
    expect(lacking()).toEqual({ ...requirement, missing: [] });
    expect(lacking('leaks', 'source')).toMatchObject({ missing: ['WSB-FAIL-04'], untold: ['leaks'] });
    expect(lacking('violations')).toMatchObject({ missing: ['WSB-LIFE-06'], untold: ['violations'] });
  });

  it('shows no clause by programs that the suite judges itself', () => {
    expect(missing(() => 'self-check')).toContain('WSB-EXPORT-01');
  });
});
