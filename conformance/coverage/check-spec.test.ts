import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkSpec, type SpecDocument, type SpecText, specFindingText, loadSpec } from './check-spec.js';
import type { Clause } from '../spec/clause.js';

const CLAUSE: Clause = {
  id: 'WSB-PARSE-01',
  area: 'parsing',
  level: 'MUST',
  since: '0.1',
  title: 'No sign',
  sentence: 'It MUST be rejected.',
  judgedBy: 'outcome',
  cases: 'control `0`; violation `+5`; boundary `-0`.',
  source:
    '`pytorch/TensorRT cpp/a.h`; observed on the released binary 0.1.0; measured on TensorRT 10.6, H100; [ruling](../decisions.md#minus-zero)',
  file: 'spec/clauses/parsing.md',
  line: 5,
  textHash: 'a',
};

const DOCUMENTS: readonly SpecDocument[] = [
  { file: 'spec/CHANGELOG.md', text: '# Changes\n\n## 0.1\n' },
  { file: 'spec/decisions.md', text: '# Rulings\n\n## Minus zero\n' },
  {
    file: 'spec/clauses/parsing.md',
    text: '# Parsing\n\n[ruling](../decisions.md#minus-zero) WSB-PARSE-01\n',
  },
];

/** What is found in a specification that differs from a good one in this. */
function messages(change: Partial<SpecText>): readonly string[] {
  const spec: SpecText = {
    clauses: [CLAUSE],
    documents: DOCUMENTS,
    exists: (path) => path === 'spec/schemas',
    isWhole: true,
    ...change,
  };
  return checkSpec(spec).map(specFindingText);
}

describe('checkSpec', () => {
  it('finds nothing in a good specification', () => {
    expect(messages({})).toEqual([]);
  });

  it('finds gaps, repetitions and ids out of order', () => {
    const second: Clause = { ...CLAUSE, id: 'WSB-PARSE-02', textHash: 'b' };
    const third: Clause = { ...CLAUSE, id: 'WSB-PARSE-03', textHash: 'c' };
    expect(messages({ clauses: [CLAUSE, second] })).toEqual([]);
    expect(messages({ clauses: [CLAUSE, third] })).toEqual([
      'spec/clauses/parsing.md:5: WSB-PARSE-03 stands where number 02 belongs; ids count up from 01 without a gap',
    ]);
    expect(messages({ clauses: [CLAUSE, { ...second, id: 'WSB-PARSE-01' }] })[0]).toContain(
      'where number 02 belongs',
    );
    expect(messages({ clauses: [second, CLAUSE] })).toHaveLength(2);
  });

  it('finds a sentence that stands twice', () => {
    expect(messages({ clauses: [CLAUSE, { ...CLAUSE, id: 'WSB-PARSE-02' }] })).toEqual([
      'spec/clauses/parsing.md:5: WSB-PARSE-02 repeats WSB-PARSE-01 word for word',
    ]);
  });

  it('finds a version that the change log does not list', () => {
    expect(messages({ clauses: [{ ...CLAUSE, since: '0.2' }] })[0]).toContain('is since 0.2');
  });

  it.each(['', 'hearsay', '`pytorch/TensorRT`', '[ruling](decisions.md)', 'observed on the released binary'])(
    'finds the source "%s"',
    (source) => {
      expect(messages({ clauses: [{ ...CLAUSE, source }] })[0]).toContain(`has the source "${source}"`);
    },
  );

  it('finds a clause that plans only some cases', () => {
    expect(messages({ clauses: [{ ...CLAUSE, cases: 'control `0`.' }] })[0]).toContain(
      'plans no violation, no boundary case',
    );
  });

  it('finds a MUST that nothing judges', () => {
    expect(messages({ clauses: [{ ...CLAUSE, judgedBy: 'nothing' }] })[0]).toContain(
      'is MUST, but nothing judges it',
    );
    expect(messages({ clauses: [{ ...CLAUSE, level: 'SHOULD', judgedBy: 'nothing' }] })).toEqual([]);
  });

  const text = (text: string): readonly string[] =>
    messages({ documents: [...DOCUMENTS, { file: 'spec/a.md', text }] });

  it('finds links that lead nowhere', () => {
    expect(text('[a](b.md)')).toEqual(['spec/a.md:1: the link b.md leads to no file']);
    expect(text('\n[a](decisions.md#plus-zero)')).toEqual([
      'spec/a.md:2: the link decisions.md#plus-zero leads to no heading',
    ]);
    expect(text('[a](../../b.md)')).toEqual(['spec/a.md:1: the link ../../b.md leaves the project']);
    expect(text('[a](schemas#b)')).toEqual(['spec/a.md:1: the link schemas#b leads to no heading']);
  });

  it('accepts links to files, folders, headings and places in the same file', () => {
    expect(text('# Top\n[a](schemas) [b](decisions.md) [c](decisions.md#minus-zero) [d](#top)')).toEqual([]);
  });

  it('finds a clause that is mentioned and does not exist, but not in code', () => {
    expect(text('`WSB-PARSE-98`\n\nWSB-PARSE-99')).toEqual(['spec/a.md:3: WSB-PARSE-99 is not a clause']);
  });
});

describe('the specification of this project', () => {
  const spec = loadSpec(fileURLToPath(new URL('../..', import.meta.url)));

  it('has no finding', () => {
    expect(checkSpec(spec)).toEqual([]);
  });

  it('has at least 105 clauses, nearly all of them MUST', () => {
    expect(spec.clauses.length).toBeGreaterThanOrEqual(105);
    expect(spec.clauses.filter(({ level }) => level === 'MUST').length).toBeGreaterThanOrEqual(95);
  });

  it('looks at the texts beside the clauses too', () => {
    expect(spec.documents.map(({ file }) => file)).toContain('golden/recorded/README.md');
  });
});
