import { describe, expect, it } from 'vitest';
import { AREAS } from '../cases/all-cases.js';
import { noVerdicts, type Verdict } from '../model/verdict.js';
import { generatedSection } from '../run/plan/bulk-section.js';
import { type Section, sectionSize } from '../run/plan/section.js';
import { loadClauses } from '../spec/load-clauses.js';
import { suiteRoot } from '../suite-root.js';
import { SPECIFICATION } from '../specification-version.js';
import { changedQueries, changedSince, clauseDigests } from './changed-since.js';
import type { ToldFinding, ToldReport } from './told-report.js';

const clauses = loadClauses(suiteRoot());
const WRITTEN = AREAS['parsing'] ?? [];
const PLAN: readonly Section[] = [
  { kind: 'fixed', name: 'parsing', cases: WRITTEN.map((one) => ({ case: one, expected: null })) },
  generatedSection('program', 512),
  generatedSection('program', 256),
];

/** A report of the plan in which everything passed. */
const PASSED: ToldReport = {
  header: {
    ...{ tool: { name: 'suite', version: '1' }, specification: SPECIFICATION, profile: 'delegate' },
    ...{ subject: { name: 'native', versions: {}, sha256: null }, seed: '1', filter: null },
    ...{ started: '2026-01-01T00:00:00Z', clauses: clauseDigests(clauses) },
  },
  cases: WRITTEN.map((one) => ({ case: one, section: 'parsing', verdict: 'pass', finding: null })),
  areas: [
    { name: 'parsing', clauses: 10, cases: WRITTEN.length, verdicts: noVerdicts(), milliseconds: 1 },
    { name: 'programs', clauses: 0, cases: 768, verdicts: noVerdicts(), milliseconds: 1 },
  ],
  ...{ findings: [], checks: [], exitCode: 0, conclusion: 'conforms', milliseconds: 1 },
  demonstrated: { required: 1, missing: [] },
};

const since = (members: Partial<ToldReport>): readonly string[] =>
  changedQueries(changedSince({ ...PASSED, ...members }, PLAN, clauses, SPECIFICATION));

const ended = (clause: string, verdict: Verdict): ToldReport['cases'] =>
  PASSED.cases.map((one) => (one.case.clauses[0] === clause ? { ...one, verdict } : one));

const finding = (members: object): readonly ToldFinding[] => [
  { finding: { verdict: 'fail', clause: 'WSB-PREC-01', ...members }, replay: '' } as unknown as ToldFinding,
];

const area = (members: Partial<ToldReport['areas'][number]>): ToldReport['areas'] =>
  PASSED.areas.map((one) => (one.name === 'programs' ? { ...one, ...members } : one));

describe('what an earlier report leaves open', () => {
  it('is nothing where all of the plan passed', () => {
    expect(since({})).toEqual([]);
  });

  it.each<[string, Partial<ToldReport>, readonly string[]]>([
    ['a clause of which a case failed', { cases: ended('WSB-PARSE-03', 'fail') }, ['WSB-PARSE-03']],
    ['one that crashed', { cases: ended('WSB-PARSE-04', 'crashed') }, ['WSB-PARSE-04']],
    ['one that passed unexpectedly', { cases: ended('WSB-PARSE-04', 'unexpected-pass') }, ['WSB-PARSE-04']],
    [
      'the clauses of a finding, also of a generated case',
      { findings: finding({ also: ['WSB-PARSE-02'] }) },
      ['WSB-PARSE-02', 'WSB-PREC-01'],
    ],
    ['what was not demonstrated', { demonstrated: { required: 2, missing: ['WSB-OPT-01'] } }, ['WSB-OPT-01']],
    [
      'a clause with a case that the report has not',
      { cases: PASSED.cases.filter(({ case: { id } }) => id !== WRITTEN[0]?.id) },
      [WRITTEN[0]?.clauses[0] ?? ''],
    ],
    ['generated cases that were not all run', { areas: area({ cases: 767 }) }, ['programs']],
    ['those that failed', { areas: area({ verdicts: { ...noVerdicts(), fail: 1 } }) }, ['programs']],
    ['those that were not there', { areas: PASSED.areas.slice(0, 1) }, ['programs']],
  ])('is %s', (_, members, chosen) => {
    expect(since(members)).toEqual(chosen);
  });

  it.each<[string, Partial<ToldReport>]>([
    ['a failure that is expected', { cases: ended('WSB-PARSE-03', 'expected-fail') }],
    ['what is unsupported and not required', { cases: ended('WSB-PARSE-03', 'unsupported') }],
    ['an expected finding', { findings: finding({ verdict: 'expected-fail' }) }],
  ])('is not %s', (_, members) => {
    expect(since(members)).toEqual([]);
  });

  it('is a clause with another text, and one that is new', () => {
    const { 'WSB-PARSE-05': gone, ...others } = clauseDigests(clauses);
    expect(gone).toMatch(/^[0-9a-f]{16}$/);
    const before = { ...others, 'WSB-PARSE-02': '0'.repeat(16) };
    expect(since({ header: { ...PASSED.header, clauses: before } })).toEqual([
      'WSB-PARSE-02',
      'WSB-PARSE-05',
    ]);
  });

  it('is every clause of another version of the specification whose texts are not known', () => {
    const { clauses: digests, ...header } = PASSED.header;
    expect(digests).toBeDefined();
    expect(since({ header })).toEqual([]);
    expect(since({ header: { ...header, specification: '0.1' } })).toHaveLength(clauses.length);
  });

  it('has the size of the sections of one name together', () => {
    expect(PLAN.slice(1).reduce((sum, one) => sum + sectionSize(one), 0)).toBe(768);
  });
});
