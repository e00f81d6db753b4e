import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Captured, capturedMain as cli } from './captured-main.js';

const folder = mkdtempSync(join(tmpdir(), 'changed-since-'));
const failed = join(folder, 'failed');
const report = join(folder, 'report');
const SMALL = ['--cases', '0', '--decisions', '0'];

function run(subject: string, ...options: readonly string[]): Promise<Captured> {
  return cli('run', '--subject', subject, ...SMALL, ...options);
}

beforeAll(async () => {
  await run('reference:no-clamp', '--report', failed);
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function lines(of: string): string[] {
  return readFileSync(join(of, 'report.jsonl'), 'utf8').trimEnd().split('\n');
}

describe('run --changed-since', () => {
  it('runs the clauses that failed, and says how many cases it left out; all of them kept is no conformance', async () => {
    const { code, out, err } = await run('reference', '--changed-since', failed, '--report', report);
    expect(err).toMatch(
      /^Since the report of \S+ in .*failed: \d+ clauses? failed\. [\d,]+ cases are left out, of which nothing is open\.$/m,
    );
    expect(out).toContain('The subject keeps what was chosen of profile delegate');
    expect(code).toBe(0);
    const header = JSON.parse(lines(report)[0] ?? '') as {
      options: { changedSince: { report: string; chosen: string[]; leftOut: number } };
    };
    const { chosen, leftOut } = header.options.changedSince;
    expect(chosen).toContain('WSB-APPLY-01');
    expect(leftOut).toBeGreaterThan(1000);
    expect((await cli('verify', join(report, 'report.jsonl'))).code).toBe(0);
  });

  it('finds again what is not mended', async () => {
    const { code, out } = await run('reference:no-clamp', '--changed-since', failed, '--report', report);
    expect(code).toBe(1);
    expect(out).toContain('WSB-APPLY-01 (MUST)');
  });

  it('runs nothing, and so says nothing, where nothing is open', async () => {
    await run('reference', '--report', report);
    const { code, out, err } = await run(
      'reference',
      '--changed-since',
      report,
      '--report',
      join(folder, 'none'),
    );
    expect([code, out]).toEqual([5, '']);
    expect(err).toContain('nothing is open');
    expect(err).toContain('Leave out --changed-since to run everything.');
  });

  it('continues a run that was cut short with what that one chose, though the earlier report is gone', async () => {
    const earlier = join(folder, 'earlier');
    cpSync(failed, earlier, { recursive: true });
    const options = ['--changed-since', earlier, '--report', report];
    await run('reference:no-clamp', ...options);
    const [header = ''] = lines(report);
    writeFileSync(join(report, 'report.jsonl'), `${header.replace(/,"chain":"[0-9a-f]+"\}$/, '}')}\n`);
    rmSync(earlier, { recursive: true });
    const { code, out } = await run('reference:no-clamp', ...options, '--resume');
    expect(code).toBe(1);
    expect(out).toContain('WSB-APPLY-01 (MUST)');
    const chosen = (text = ''): unknown => (JSON.parse(text) as { options: object }).options;
    expect(chosen(lines(report)[0])).toEqual(chosen(header));
  });

  it('refuses a report that is not there, is not finished, or was changed', async () => {
    const missing = await run('reference', '--changed-since', join(folder, 'nowhere'), '--report', report);
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('cannot be read (ENOENT)')]);
    const cut = join(folder, 'cut.jsonl');
    writeFileSync(cut, `${lines(failed).slice(0, -1).join('\n')}\n`);
    const unfinished = await run('reference', '--changed-since', cut, '--report', report);
    expect([unfinished.code, unfinished.err]).toEqual([
      2,
      expect.stringMatching(
        /is no finished report, of which one could tell what changed since: .*is no footer/,
      ),
    ]);
    writeFileSync(
      cut,
      `${lines(failed)
        .filter((_, at) => at !== 3)
        .join('\n')}\n`,
    );
    const changed = await run('reference', '--changed-since', cut, '--report', report);
    expect([changed.code, changed.err]).toEqual([
      2,
      expect.stringContaining('does not follow from the lines'),
    ]);
  });
});
