import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { capturedMain } from './captured-main.js';
import { suiteRoot } from '../suite-root.js';

const folder = mkdtempSync(join(tmpdir(), 'failing-log-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** An error, the clause that it breaks, and what a log has to show of the bytes. */
const PLANTED = [
  ['accept-plus', 'WSB-PARSE-03', '[2b] 30\n'],
  ['overflow-wraps', 'WSB-PARSE-06', '39 [39]\n'],
  ['first-duplicate-wins', 'WSB-PREC-06', 'compile spec of "forward", delegate 0: "7"\n              37\n'],
  ['no-clamp', 'WSB-APPLY-01', 'the compile spec of "forward", delegate 0'],
  ['bad-device-is-zero', 'WSB-BLOB-06', 'the metadata of "forward", delegate 0'],
  ['budget-after-context', 'WSB-APPLY-11', 'set-with-context'],
] as const;

describe.each(PLANTED)('the log of a run that fails through %s', (rule, clause, shown) => {
  const subject = `reference:${rule}`;

  it('says which rule, which bytes, and how to see it again without the files of the run', async () => {
    const report = join(folder, rule);
    const area = clause.replace(/\d+$/, '*');
    const { code, out } = await capturedMain(
      ...['run', '--subject', subject, '--filter', area, '--report', report],
      ...['--cases', '0', '--decisions', '0'],
    );
    rmSync(report, { recursive: true });
    expect(code).toBe(1);
    const findings = out.slice(out.indexOf(`\n${clause} (MUST)`) + 1);
    expect(findings).toContain(shown);
    // What is copied is not folded.
    const wide = out.split('\n').filter((line) => line.length > 80);
    expect(wide.filter((line) => !/npx trt-conformance |: --case inline:|^Report: /.test(line))).toEqual([]);
    await expect(findings.replaceAll(folder, 'reports')).toMatchFileSnapshot(`failing-logs/${rule}.txt`);

    const [, inline = ''] = /without that file: --case (\S+)/.exec(findings) ?? [];
    const again = await capturedMain('run', '--subject', subject, '--case', inline);
    expect(again.out).toContain(clause);
    expect(again.code).toBe(1);
    const right = await capturedMain('run', '--subject', 'reference', '--case', inline);
    expect(right.code).toBe(0);
  });
});

describe('a case that a command names', () => {
  it.each([
    ['that is cut', 'inline:ePmCqCuog2bn9NS8', /it is cut, was changed, or is of another version/],
    ['that is none', 'inline:a b', /no Base64 for URLs/],
    ['that is missing', 'inline:', /no Base64 for URLs/],
  ])('%s is refused', async (_, given, words) => {
    const { code, err } = await capturedMain('run', '--subject', 'reference', '--case', given);
    expect(err).toMatch(words);
    expect(code).toBe(2);
  });
});

describe('a page that shows a finding', () => {
  it.each(['README.md', 'conformance/guides/read-a-finding.md'])('%s shows what is printed', (page) => {
    const text = (file: string): string => readFileSync(join(suiteRoot(), file), 'utf8');
    const log = text('conformance/cli/failing-logs/accept-plus.txt');
    const finding = log.slice(0, log.indexOf('\n\n')).replaceAll('reports/accept-plus', 'conformance-report');
    expect(text(page)).toContain(`\`\`\`text\n${finding}\n\`\`\``);
  });
});
