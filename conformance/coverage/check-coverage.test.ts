import { describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { type CaseFile, type CoveringCase, loadCaseFiles } from './load-case-files.js';
import { checkCoverage, hasBoundaryPair } from './check-coverage.js';
import type { Clause } from '../spec/clause.js';
import { loadClauses } from '../spec/load-clauses.js';
import { specFindingText } from './check-spec.js';

const CLAUSE: Clause = {
  id: 'WSB-PARSE-01',
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
  textHash: 'a',
};

const inside = { stated: 'applies 5', expected: '5' };
const outside = { stated: 'rejects', expected: 'InvalidProgram' };

function covering(
  kind: CoveringCase['kind'],
  name: string,
  change: Partial<CoveringCase> = {},
): CoveringCase {
  return { id: `WSB-PARSE-01/${kind}/${name}`, clauses: ['WSB-PARSE-01'], kind, ...inside, ...change };
}

const CONTROL = covering('control', 'a');
const VIOLATION = covering('violation', 'b', outside);
const INSIDE = covering('boundary', 'c');
const OUTSIDE = covering('boundary', 'd', outside);
const GOOD = [CONTROL, VIOLATION, INSIDE, OUTSIDE];

function messages(
  cases: readonly CoveringCase[],
  clauses: readonly Clause[] = [CLAUSE],
  topic = 'parsing',
): readonly string[] {
  return checkCoverage(clauses, [{ topic, cases }]).map(specFindingText);
}

describe('checkCoverage', () => {
  it('finds nothing when a clause has a control, a violation and a boundary pair', () => {
    expect(messages(GOOD)).toEqual([]);
  });

  it.each([
    ['control', [VIOLATION, INSIDE, OUTSIDE]],
    ['violation', [CONTROL, INSIDE, OUTSIDE]],
    ['boundary', [CONTROL, VIOLATION]],
  ] as const)('finds a clause without a %s case', (kind, cases) => {
    expect(messages(cases)).toEqual([
      `spec/clauses/parsing.md:5: WSB-PARSE-01 has no ${kind} case; add one to conformance/cases/parsing.ts`,
    ]);
  });

  it('finds a clause without any case', () => {
    expect(messages([])).toHaveLength(3);
    expect(checkCoverage([CLAUSE], [])).toHaveLength(3);
  });

  it('finds a limit of which one side alone is shown', () => {
    expect(messages([CONTROL, VIOLATION, OUTSIDE])).toEqual([
      'spec/clauses/parsing.md:5: WSB-PARSE-01 has only one boundary case; a limit has two sides, so add the other to conformance/cases/parsing.ts',
    ]);
    expect(messages([CONTROL, VIOLATION, INSIDE, covering('boundary', 'e')])).toEqual([
      'spec/clauses/parsing.md:5: WSB-PARSE-01 has 2 boundary cases, all on the same side of its limit; add one with another outcome to conformance/cases/parsing.ts',
    ]);
  });

  it('does not count a case that names the clause beside its own', () => {
    const guest = { ...VIOLATION, clauses: ['WSB-PARSE-02', 'WSB-PARSE-01'] as const };
    const second: Clause = { ...CLAUSE, id: 'WSB-PARSE-02', judgedBy: 'outcome' };
    expect(messages([CONTROL, guest, INSIDE, OUTSIDE], [CLAUSE, second])[0]).toContain(
      'WSB-PARSE-01 has no violation case',
    );
  });

  it('wants no violation of a MAY, but all else', () => {
    const may: Clause = { ...CLAUSE, level: 'MAY' };
    expect(messages([CONTROL, INSIDE, OUTSIDE], [may])).toEqual([]);
    expect(messages([CONTROL], [may])).toHaveLength(1);
    expect(messages([CONTROL, VIOLATION, INSIDE, OUTSIDE], [{ ...CLAUSE, level: 'SHOULD' }])).toEqual([]);
    expect(messages([CONTROL, INSIDE, OUTSIDE], [{ ...CLAUSE, level: 'SHOULD' }])).toHaveLength(1);
  });

  it('wants no case of a clause that nothing judges, and finds one that is there', () => {
    const unjudged: Clause = { ...CLAUSE, level: 'SHOULD', judgedBy: 'nothing' };
    expect(messages([], [unjudged])).toEqual([]);
    expect(messages(GOOD, [unjudged])).toEqual([
      'spec/clauses/parsing.md:5: WSB-PARSE-01 has cases, but says that nothing judges it yet; say how it is judged',
    ]);
  });

  it('finds a case that names no clause, or one that there is not', () => {
    const stray = { ...VIOLATION, id: 'stray', clauses: ['WSB-PARSE-01', 'WSB-PARSE-99'] as const };
    expect(messages([...GOOD, stray])).toEqual([
      'conformance/cases/parsing.ts: the case stray names WSB-PARSE-99, which is not a clause',
    ]);
    expect(messages([...GOOD, { ...VIOLATION, id: 'stray', clauses: [] }])).toEqual([
      'conformance/cases/parsing.ts: the case stray names no clause; say which it is for',
    ]);
  });

  it('finds a case in the file of another topic, and a file of no topic', () => {
    expect(messages([OUTSIDE], [{ ...CLAUSE, level: 'SHOULD', judgedBy: 'nothing' }], 'options')[1]).toBe(
      'conformance/cases/options.ts: the case WSB-PARSE-01/boundary/d belongs to parsing; move it to conformance/cases/parsing.ts',
    );
    expect(messages(GOOD, [CLAUSE], 'signs')).toEqual([
      'conformance/cases/signs.ts: no area is called signs; name the file for one',
    ]);
  });
});

describe('hasBoundaryPair', () => {
  it.each<[string, boolean, readonly CoveringCase[]]>([
    ['both sides are boundary cases', true, [INSIDE, OUTSIDE]],
    ['the inside is the control', true, [CONTROL, OUTSIDE, covering('boundary', 'e', outside)]],
    ['the other side is a violation', false, [VIOLATION, INSIDE, covering('boundary', 'e')]],
    ['there is one boundary case', false, [CONTROL, OUTSIDE]],
    ['the controls alone differ', false, [CONTROL, covering('control', 'e', outside)]],
    ['the author says the same of both', false, [INSIDE, { ...OUTSIDE, stated: INSIDE.stated }]],
    ['the reference expects the same of both', false, [INSIDE, { ...OUTSIDE, expected: INSIDE.expected }]],
  ])('when %s: %s', (_, is, cases) => {
    expect(hasBoundaryPair(cases)).toBe(is);
  });
});

describe('the cases of this project', () => {
  const clauses = loadClauses(suiteRoot());
  const files = loadCaseFiles();

  it('cover every clause', () => {
    expect(checkCoverage(clauses, files).map(specFindingText)).toEqual([]);
  });

  it('are missed, whichever topic is taken away', () => {
    for (const { topic } of files) {
      const left = files.filter((file) => file.topic !== topic);
      const found = checkCoverage(clauses, left);
      expect(found.length, topic).toBeGreaterThan(0);
      expect(new Set(found.map(({ file }) => file))).toEqual(new Set([`spec/clauses/${topic}.md`]));
    }
  });

  it('are missed, whichever kind of a clause is taken away', () => {
    for (const clause of clauses.filter(({ judgedBy }) => judgedBy !== 'nothing')) {
      for (const kind of ['control', 'violation', 'boundary']) {
        const left = files.map((file): CaseFile => ({
          ...file,
          cases: file.cases.filter((one) => one.clauses[0] !== clause.id || one.kind !== kind),
        }));
        const expected = clause.level === 'MAY' && kind === 'violation' ? 0 : 1;
        expect(checkCoverage([clause], left).filter(({ line }) => line !== null)).toHaveLength(expected);
      }
    }
  });

  it('leave out the clauses that nothing judges yet, none of them MUST', () => {
    expect(
      clauses.filter(({ judgedBy }) => judgedBy === 'nothing').map(({ id, level }) => `${level} ${id}`),
    ).toEqual([]);
  });
});
