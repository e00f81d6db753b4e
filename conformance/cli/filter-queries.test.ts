import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { capturedMain as cli } from './captured-main.js';
import { filterQueries } from './filter-queries.js';
import { unfolded } from '../testing/unfolded.js';

const folder = mkdtempSync(join(tmpdir(), 'filter-queries-'));
const report = join(folder, 'report');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(text: string): string {
  const file = join(folder, 'queries.txt');
  writeFileSync(file, text);
  return file;
}

function run(...options: readonly string[]): ReturnType<typeof cli> {
  return cli(
    'run',
    '--subject',
    'reference',
    '--cases',
    '0',
    '--decisions',
    '0',
    '--report',
    report,
    ...options,
  );
}

/** The header and the written cases of the last report. */
function told(): { readonly filter: unknown; readonly cases: readonly string[] } {
  const lines = readFileSync(join(report, 'report.jsonl'), 'utf8').trimEnd().split('\n');
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    filter: records[0]?.['filter'],
    cases: records.filter(({ record }) => record === 'case').map(({ id }) => String(id)),
  };
}

describe('--filter, given again', () => {
  it('runs what any of them names, and the report holds all of them', async () => {
    const { code, out } = await run(
      '--filter',
      'wsb-parse-05',
      '--filter',
      'WSB-PREC-01',
      '--filter',
      '!golden',
    );
    expect(code).toBe(0);
    expect(unfolded(out)).toContain(', filter wsb-parse-05, WSB-PREC-01, !golden\n');
    const { filter, cases } = told();
    expect(filter).toEqual(['wsb-parse-05', 'WSB-PREC-01', '!golden']);
    expect(cases.some((id) => id.startsWith('WSB-PARSE-05/'))).toBe(true);
    expect(cases.some((id) => id.startsWith('WSB-PREC-01/'))).toBe(true);
    expect(cases.filter((id) => id.startsWith('golden/'))).toEqual([]);
  });

  it('gives a report that verifies', async () => {
    await run('--filter', 'WSB-PARSE-05', '--filter', '!golden');
    const verified = await cli('verify', join(report, 'report.jsonl'));
    expect([verified.code, verified.err]).toEqual([0, '']);
  });

  it('is refused when one of them names nothing, whatever the others do', async () => {
    const { code, err } = await run(
      '--filter',
      'WSB-PARSE-05',
      '--filter',
      'WSB-TYPO-05',
      '--filter',
      '!typo',
    );
    expect(code).toBe(2);
    expect(err).toBe(
      'error: No case matches WSB-TYPO-05, !typo. trt-conformance list cases shows what there is.\n',
    );
  });

  it('is refused when they leave nothing', async () => {
    const { code, err } = await run('--filter', 'WSB-PARSE-05', '--filter', '!*');
    expect(code).toBe(2);
    expect(err).toContain('No case matches WSB-PARSE-05, !*.');
  });

  it.each(['', '!'])('refuses %j, which names nothing', async (query) => {
    const { code, err } = await run('--filter', query);
    expect(code).toBe(2);
    expect(err).toContain('Give a clause id, the id of a case, or a section such as generated');
  });

  it('chooses what list shows, too', async () => {
    const { code, out } = await cli(
      'list',
      'clauses',
      '--filter',
      'wsb-parse-*',
      '--filter',
      '!WSB-PARSE-03',
    );
    expect(code).toBe(0);
    expect(out).toContain('WSB-PARSE-02');
    expect(out).not.toContain('WSB-PARSE-03');
  });
});

describe('--filter-from', () => {
  it('adds the lines of a file, without comments, empty lines and what was given before', () => {
    const file = fileOf(
      '\ufeff# ours\r\nWSB-PARSE-03\r\n\n  WSB-PREC-*  \n!generated\n#!rules\nWSB-PARSE-03\n',
    );
    expect(filterQueries({ filter: ['WSB-PREC-*'], filterFrom: [file] })).toEqual([
      'WSB-PREC-*',
      'WSB-PARSE-03',
      '!generated',
    ]);
  });

  it('chooses the cases of a run, whose report needs the file no more', async () => {
    const { code } = await run('--filter-from', fileOf('WSB-PARSE-05\nWSB-PREC-01\n'));
    expect(code).toBe(0);
    expect(told().filter).toEqual(['WSB-PARSE-05', 'WSB-PREC-01']);
  });

  it.each([
    ['nothing but comments', '# nothing\n\n', /names nothing to filter by/],
    ['a ! alone', 'WSB-PARSE-05\n!\n', /queries\.txt, line 2: Give a clause id/],
    ['too many', Array.from({ length: 1001 }, (_, at) => `q${at}`).join('\n'), /There are 1001 queries/],
    ['too much', `${'x'.repeat(1 << 20)}\n`, /has more than 1048576 bytes/],
    ['what hides', 'WSB-\u202eTYPO\n', /No case matches WSB-\\u202eTYPO\./],
  ])('refuses a file with %s', async (_, text, why) => {
    const { code, err } = await run('--filter-from', fileOf(text));
    expect(err).toMatch(why);
    expect(code).toBe(2);
  });

  it('refuses a file that is not there, and a folder', async () => {
    const missing = await run('--filter-from', join(folder, 'nowhere'));
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('cannot be read (ENOENT)')]);
    const unread = await run('--filter-from', folder);
    expect([unread.code, unread.err]).toEqual([2, expect.stringContaining('is not a plain file')]);
  });
});
