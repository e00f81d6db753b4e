import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { checkReviewed } from '../coverage/check-reviewed.js';
import type { Clause, ClauseId } from './clause.js';
import { DocumentError, loadSchemas } from './schemas.js';
import { loadClauses } from './load-clauses.js';
import { acceptClauses, loadReviewed, REVIEWED, reviewedText, writeReviewed } from './reviewed.js';
import { specFindingText } from '../coverage/check-spec.js';

const [OLD, NEW] = ['0'.repeat(64), 'f'.repeat(64)];

function clauseWith(id: ClauseId, textHash: string): Clause {
  return {
    id,
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
    textHash,
  };
}

const FIRST = clauseWith('WSB-PARSE-01', NEW);
const SECOND = clauseWith('WSB-PARSE-02', NEW);

describe('checkReviewed', () => {
  const messages = (clauses: readonly Clause[], ...entries: [string, string][]): readonly string[] =>
    checkReviewed(clauses, new Map(entries)).map(specFindingText);

  it('finds nothing when every text is the one that was looked at', () => {
    expect(messages([FIRST, SECOND], ['WSB-PARSE-01', NEW], ['WSB-PARSE-02', NEW])).toEqual([]);
  });

  it('finds a changed text, and says what to do', () => {
    expect(messages([FIRST], ['WSB-PARSE-01', OLD])).toEqual([
      'spec/clauses/parsing.md:5: WSB-PARSE-01 has changed since its cases were reviewed ' +
        '(its text was 000000000000 and is ffffffffffff); see "trt-conformance list cases --filter WSB-PARSE-01", ' +
        'then run "trt-conformance spec check --accept WSB-PARSE-01"',
    ]);
  });

  it('finds a clause whose cases nobody has looked at', () => {
    expect(messages([FIRST, SECOND], ['WSB-PARSE-01', NEW])).toEqual([
      'spec/clauses/parsing.md:5: WSB-PARSE-02 is new (its text is ffffffffffff), and its cases have not been reviewed; ' +
        'see "trt-conformance list cases --filter WSB-PARSE-02", ' +
        'then run "trt-conformance spec check --accept WSB-PARSE-02"',
    ]);
  });

  it('finds an id that is no longer a clause', () => {
    expect(messages([FIRST], ['WSB-PARSE-01', NEW], ['WSB-PARSE-03', NEW])).toEqual([
      'spec/reviewed.json: WSB-PARSE-03 is no longer a clause; when its cases are gone too, ' +
        'run "trt-conformance spec check --accept WSB-PARSE-03"',
    ]);
  });
});

describe('acceptClauses', () => {
  const before = new Map([
    ['WSB-PARSE-01', OLD],
    ['WSB-PARSE-02', OLD],
    ['WSB-PARSE-03', OLD],
  ]);

  it('takes the text of the accepted clauses alone', () => {
    const after = acceptClauses(before, [FIRST, SECOND], new Set(['WSB-PARSE-02']));
    expect(new Map(after)).toEqual(
      new Map([
        ['WSB-PARSE-01', OLD],
        ['WSB-PARSE-02', NEW],
        ['WSB-PARSE-03', OLD],
      ]),
    );
  });

  it('adds what is new and forgets what is gone', () => {
    const after = acceptClauses(
      new Map([['WSB-PARSE-03', OLD]]),
      [FIRST],
      new Set(['WSB-PARSE-01', 'WSB-PARSE-03']),
    );
    expect([...after]).toEqual([['WSB-PARSE-01', NEW]]);
  });

  it('makes one text of one content, in whatever order it was accepted', () => {
    const clauses = [FIRST, SECOND];
    const one = acceptClauses(new Map(), clauses, new Set(['WSB-PARSE-01', 'WSB-PARSE-02']));
    const other = acceptClauses(
      acceptClauses(new Map(), clauses, new Set(['WSB-PARSE-02'])),
      clauses,
      new Set(['WSB-PARSE-01']),
    );
    expect(reviewedText(one)).toBe(reviewedText(other));
  });
});

describe('spec/reviewed.json', () => {
  const schemas = loadSchemas(suiteRoot());
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'wsb-reviewed-'));
    mkdirSync(join(root, 'spec'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('is read as it was written', () => {
    writeReviewed(
      root,
      new Map([
        ['WSB-PARSE-02', OLD],
        ['WSB-PARSE-01', NEW],
      ]),
    );
    expect(readFileSync(join(root, REVIEWED), 'utf8')).toBe(
      `{\n  "format": 1,\n  "clauses": {\n    "WSB-PARSE-01": "${NEW}",\n    "WSB-PARSE-02": "${OLD}"\n  }\n}\n`,
    );
    expect([...loadReviewed(root, schemas)]).toEqual([
      ['WSB-PARSE-01', NEW],
      ['WSB-PARSE-02', OLD],
    ]);
  });

  it('that is missing holds nothing', () => {
    expect(loadReviewed(root, schemas).size).toBe(0);
  });

  it.each(['', '{}', '{"format":2,"clauses":{}}', '{"format":1,"clauses":{"PARSE-01":""}}'])(
    'is refused when it is %s',
    (text) => {
      writeFileSync(join(root, REVIEWED), text);
      expect(() => loadReviewed(root, schemas)).toThrow(DocumentError);
    },
  );

  it('of this project holds the text of every clause', () => {
    const reviewed = loadReviewed(suiteRoot(), schemas);
    expect(checkReviewed(loadClauses(suiteRoot()), reviewed).map(specFindingText)).toEqual([]);
    expect(readFileSync(join(suiteRoot(), REVIEWED), 'utf8')).toBe(reviewedText(reviewed));
  });
});
