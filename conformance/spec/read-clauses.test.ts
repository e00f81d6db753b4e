import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AREAS } from './areas.js';
import { readClauses } from './read-clauses.js';

const [PARSING] = AREAS;

const SENTENCE = 'A value that holds a sign MUST be rejected.';

const CLAUSE = [
  '## WSB-PARSE-01',
  'MUST · since 0.1 · No sign',
  SENTENCE,
  'Upstream does otherwise.',
  'Cases: control `0`; violation `+5`; boundary `-0`.',
  'Source: observed on the released binary 0.1.0',
];

/** A file with these paragraphs under its title. */
function file(...paragraphs: readonly string[]): string {
  return ['# Parsing', 'About parsing.', ...paragraphs].join('\n\n') + '\n';
}

/** The clause with one paragraph replaced. */
function withParagraph(index: number, text: string): readonly string[] {
  return CLAUSE.map((paragraph, at) => (at === index ? text : paragraph));
}

describe('readClauses', () => {
  it('reads a clause', () => {
    expect(readClauses(file(...CLAUSE), PARSING)).toEqual([
      {
        id: 'WSB-PARSE-01',
        area: 'parsing',
        level: 'MUST',
        since: '0.1',
        title: 'No sign',
        sentence: SENTENCE,
        judgedBy: 'outcome',
        cases: 'control `0`; violation `+5`; boundary `-0`.',
        source: 'observed on the released binary 0.1.0',
        file: 'spec/clauses/parsing.md',
        line: 5,
        textHash: createHash('sha256').update(SENTENCE).digest('hex'),
      },
    ]);
  });

  it('reads the same from text that is wrapped in another way', () => {
    const wrapped = CLAUSE.map((paragraph) =>
      paragraph.startsWith('##') ? paragraph : paragraph.replaceAll(' ', '\r\n   '),
    );
    expect(readClauses(file(...wrapped), PARSING)).toEqual(readClauses(file(...CLAUSE), PARSING));
  });

  it('reads how a clause is judged', () => {
    const judged = (by: string): string =>
      file(...CLAUSE.slice(0, 3), `Judged by: ${by}`, ...CLAUSE.slice(3));
    expect(readClauses(judged('program'), PARSING)[0]?.judgedBy).toBe('program');
    expect(readClauses(judged('nothing yet'), PARSING)[0]?.judgedBy).toBe('nothing');
    expect(() => readClauses(judged('the moon'), PARSING)).toThrow('WSB-PARSE-01: judged by "the moon"');
  });

  it('reads clauses without notes, and takes informative sections at the end for no clause', () => {
    const bare = CLAUSE.filter((_, index) => index !== 3);
    const second = bare.map((paragraph) => paragraph.replace('-01', '-02'));
    const clauses = readClauses(file(...bare, ...second, '## Informative: more', 'Text.'), PARSING);
    expect(clauses.map(({ id }) => id)).toEqual(['WSB-PARSE-01', 'WSB-PARSE-02']);
  });

  it('gives a changed sentence another hash, and a changed note the same', () => {
    const [before] = readClauses(file(...CLAUSE), PARSING);
    const [note] = readClauses(file(...withParagraph(3, 'Another note.')), PARSING);
    const [text] = readClauses(file(...withParagraph(2, 'A value with a sign MUST be rejected.')), PARSING);
    expect(note?.textHash).toBe(before?.textHash);
    expect(text?.textHash).not.toBe(before?.textHash);
  });

  const faults: readonly (readonly [string, string, string])[] = [
    ['an empty file', '', 'spec/clauses/parsing.md:1: no title'],
    ['a file without a title', 'Text.\n', 'spec/clauses/parsing.md:1: no title'],
    ['a file without a clause', file(), 'no clause'],
    [
      'an id of another area',
      file(...withParagraph(0, '## WSB-OPT-01')),
      ':5: "WSB-OPT-01" is not an id of this area',
    ],
    ['an id of one digit', file(...withParagraph(0, '## WSB-PARSE-1')), 'is not an id of this area'],
    [
      'a heading of another depth',
      file(...withParagraph(3, '### Notes')),
      ':11: a heading that is not "## "',
    ],
    [
      'an unknown level',
      file(...withParagraph(1, 'SHALL · since 0.1 · No sign')),
      ':7: WSB-PARSE-01: "SHALL',
    ],
    [
      'a level line without a title',
      file(...withParagraph(1, 'MUST · since 0.1')),
      'is not "LEVEL · since VERSION · title"',
    ],
    [
      'a sentence without its level',
      file(...withParagraph(2, 'It is rejected.')),
      ':9: WSB-PARSE-01: the sentence says no level',
    ],
    [
      'a sentence of another level',
      file(...withParagraph(2, 'It SHOULD be rejected.')),
      'says SHOULD where MUST stands above',
    ],
    [
      'a sentence of two levels',
      file(...withParagraph(2, 'It MUST or SHOULD be rejected.')),
      'says MUST, SHOULD',
    ],
    [
      'a prohibition that reads as a permission',
      file(...withParagraph(2, 'No object MUST be used after its end.')),
      'forbids with "no … MUST"; say what MUST NOT happen',
    ],
    [
      'a prohibition that reads as a permission, further on',
      file(...withParagraph(2, 'A load MUST end, and no budget MUST be set.')),
      'forbids with "no … MUST"',
    ],
    ['two sentences', file(...withParagraph(2, 'It MUST go. It must go.')), 'is more than one'],
    ['a sentence without an end', file(...withParagraph(2, 'It MUST go')), 'does not end in a full stop'],
    [
      'an endless sentence',
      file(...withParagraph(2, `It MUST ${'x'.repeat(350)}\n${'x'.repeat(350)}.`)),
      'at most 600',
    ],
    ['a clause without a source', file(...CLAUSE.slice(0, 5)), 'lacks "Source:"'],
    ['a clause without cases', file(...CLAUSE.filter((_, index) => index !== 4)), 'lacks "Cases:"'],
    ['a clause that is a heading alone', file('## WSB-PARSE-01'), ':5: WSB-PARSE-01: lacks its level'],
    ['two paragraphs of sources', file(...CLAUSE, 'Source: another'), 'lacks "Cases:"'],
    [
      'cases among the notes',
      file(...withParagraph(3, 'Cases: none')),
      ':11: WSB-PARSE-01: "Cases: none" is out of place',
    ],
    ['a code block', file(...withParagraph(3, '```\ncode\n```')), ':11: a code block'],
    ['a line without an end', file(...withParagraph(3, 'x'.repeat(401))), ':11: a line of 401 characters'],
    [
      'a file without an end',
      file(...CLAUSE, ...Array.from({ length: 1000 }, () => 'x'.repeat(300))),
      'at most 262144',
    ],
    [
      'a clause after an informative section',
      file(...CLAUSE, '## Informative: more', 'Text.', ...CLAUSE),
      'move it up',
    ],
  ];
  it.each(faults)('refuses %s', (_, text, message) => {
    expect(() => readClauses(text, PARSING)).toThrow(message);
  });

  it('takes a "no" that is not the subject of the rule', () => {
    const sentence = 'An input with a dynamic dimension and no profile MUST be rejected.';
    expect(readClauses(file(...withParagraph(2, sentence)), PARSING)[0]?.sentence).toBe(sentence);
  });

  it('refuses a hundred clauses', () => {
    const many = Array.from({ length: 100 }, () => CLAUSE).flat();
    expect(() => readClauses(file(...many), PARSING)).toThrow('100 clauses; an area has at most 99');
  });
});
