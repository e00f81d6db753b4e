import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { capturedMain, type Captured } from './captured-main.js';

const folder = mkdtempSync(join(tmpdir(), 'wsb-exporter-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let reports = 0;

/** A run on an exporter, loaded back by the reference; and where its report is. */
async function run(
  exporter: string,
  ...args: readonly string[]
): Promise<Captured & { readonly report: string }> {
  const report = join(folder, `report-${++reports}`);
  const words = ['run', '--exporter', exporter, '--subject', 'reference', '--report', report, ...args];
  return { ...(await capturedMain(...words)), report };
}

interface Line {
  readonly record: string;
  readonly clause: string;
  readonly verdict: string;
  readonly exported?: { readonly observed: readonly string[] };
}

function lines(report: string): readonly Line[] {
  const text = readFileSync(join(report, 'report.jsonl'), 'utf8').trimEnd();
  return text.split('\n').map((line) => JSON.parse(line) as Line);
}

describe('a run on an exporter', () => {
  it('conforms to its profile, and its report can be verified', async () => {
    const { code, out, report } = await run('reference', '--cases', '20');
    expect(out).toContain('The subject conforms to profile exporter (15 of 15 MUST clauses demonstrated).');
    expect(out).toContain('subject reference-exporter (reference ');
    expect(code).toBe(0);
    const verified = await capturedMain('verify', join(report, 'report.jsonl'));
    expect(verified.out).toMatch(/^Verified\. The subject conforms to profile exporter/);
  });

  it('tells what it does wrong, with the bytes and a command that shows it again', async () => {
    const filter = ['--filter', 'WSB-EXPORT-15'];
    const { code, out, report } = await run('reference:own-text', ...filter);
    expect(code).toBe(1);
    expect(out).toContain('WSB-EXPORT-15 (MUST) Digits of the number, not its text');
    expect(out).toMatch(/delegates\[0\]\.budget: "77"/);
    const found = lines(report).filter(({ record }) => record === 'finding');
    expect(found.map(({ clause, verdict }) => [clause, verdict])).toEqual([['WSB-EXPORT-15', 'fail']]);
    const [, inline] = /--case (inline:\S+)/.exec(out) ?? [];
    const again = await run('reference:own-text', '--case', inline ?? '');
    expect(again.out).toMatch(
      /WSB-EXPORT-15: methods\["forward"\]\.delegates\[0\]\.budget is .*, not "77"\nfail\n$/,
    );
    expect(again.code).toBe(1);
    expect((await run('reference', '--case', inline ?? '')).code).toBe(0);
    const ofDelegates = await capturedMain('run', '--subject', 'reference', '--case', inline ?? '');
    expect(ofDelegates.err).toContain('is a case for exporters. Give --exporter');
  });

  it('writes a report that can be verified where no program came back, too', async () => {
    for (const variant of ['reference:any-case-of-key', 'reference:clamp-to-range']) {
      const { report } = await run(variant, '--cases', '20');
      const { code, out } = await capturedMain('verify', join(report, 'report.jsonl'));
      expect(out).toMatch(/^Verified\. The subject does not conform|^Verified\. The subject conforms/);
      expect(code).toBe(0);
      const page = await capturedMain(
        'report',
        'html',
        join(report, 'report.jsonl'),
        '--out',
        join(report, 'page.html'),
      );
      expect(page.code).toBe(0);
    }
  });

  it('takes a list of what is known to fail, and tells entries that hold no more', async () => {
    const list = join(folder, 'known.json');
    const entry = {
      clause: 'WSB-EXPORT-22',
      message: 'should be "exported"',
      reason: 'The value is looked at.',
      link: 'https://example.org/issues/1',
      until: '2999-12-31',
    };
    const write = (subject: string, failures: readonly object[]): void => {
      writeFileSync(list, JSON.stringify({ subject, failures }));
    };
    write('reference-exporter:strict-in-other-formats', [entry]);
    const known = await run('reference:strict-in-other-formats', '--expectations', list, '--cases', '200');
    expect(known.out).toContain('as its list of expected failures says, and nothing else fails');
    expect(known.code).toBe(0);
    write('reference-exporter', [entry]);
    const stale = await run('reference', '--expectations', list, '--cases', '20');
    expect(stale.out).toContain('no longer holds');
    expect(stale.code).toBe(1);
    write('reference-exporter', [{ ...entry, rule: 'accept-plus' }]);
    expect((await run('reference', '--expectations', list)).code).toBe(2);
  });

  it.each([
    [['--depth', 'program', '--shard', '1/2'], '--depth and --shard cannot be used with --exporter'],
    [['--config', 'x.json'], '--config cannot be used with --exporter'],
    [['--filter', 'WSB-PARSE-01'], 'No case for exporters matches WSB-PARSE-01'],
    [['--case', '/no/such/file'], '/no/such/file'],
    [['--case', folder], 'is not a plain file'],
    [['--require', 'WSB-EXPORT-99'], 'names no clause and no profile'],
  ])('refuses %s', async (args, message) => {
    const { code, err } = await run('reference', ...args);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it.each([
    ['acme', 'There is no exporter acme. There are: reference'],
    ['', 'There is no exporter without a name'],
    ['upstream:acme', 'The exporter upstream has no variant acme'],
    ['reference:acme', 'There is no variant acme of the reference exporter'],
    ['exec:', 'exec: needs a command'],
    ['exec:./no-such-exporter', 'cannot be started: there is no such file'],
    ['exec:/bin/true', 'The exporter cannot be used: it exited with 0'],
  ])('does not start with the exporter %s', async (name, message) => {
    const { code, err } = await run(name);
    expect(err).toContain(message);
    expect(code).toBeGreaterThanOrEqual(2);
  });
});
