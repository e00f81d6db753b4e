import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser, type Element, onWarningStopParsing } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS } from '../report/formats/formats.js';
import { capturedMain as cli } from './captured-main.js';

const folder = mkdtempSync(join(tmpdir(), 'report-command-'));
const right = join(folder, 'right');
const wrong = join(folder, 'wrong');
const other = join(folder, 'other');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = async (subject: string, report: string, ...more: readonly string[]): Promise<string> => {
  const chosen = ['--filter', 'WSB-*', '--cases', '0', '--decisions', '0', '--jobs', '1'];
  const { out } = await cli('run', '--subject', subject, ...chosen, '--report', report, ...more);
  return out;
};

let printed = '';
beforeAll(async () => {
  await run('reference', right);
  printed = await run('reference:no-clamp', wrong, ...FORMAT_NAMES.flatMap((name) => ['--reporter', name]));
  await run('reference:accept-plus', other);
}, 120_000);

interface TestCase {
  readonly suite: string;
  readonly name: string;
  /** The text of its failure, the message first; null for none. */
  readonly failure: string | null;
  readonly skipped: string | null;
}

/** The test cases of JUnit's XML, whose counts have to add up. */
function testCases(xml: string): readonly TestCase[] {
  const document = new DOMParser({ onError: onWarningStopParsing }).parseFromString(xml, 'text/xml');
  const textOf = (element: Element, name: string): string | null => {
    const [child] = element.getElementsByTagName(name);
    return child === undefined ? null : `${child.getAttribute('message') ?? ''}\n${child.textContent ?? ''}`;
  };
  const cases = [...document.getElementsByTagName('testsuite')].flatMap((suite) => {
    const own = [...suite.getElementsByTagName('testcase')].map((element) => ({
      suite: suite.getAttribute('name') ?? '',
      name: element.getAttribute('name') ?? '',
      failure: textOf(element, 'failure'),
      skipped: textOf(element, 'skipped'),
    }));
    expect(suite.getAttribute('tests')).toBe(String(own.length));
    return own;
  });
  const failures = cases.filter(({ failure }) => failure !== null).length;
  expect(document.documentElement?.getAttribute('failures')).toBe(String(failures));
  return cases;
}

describe('trt-conformance report', () => {
  it.each(FORMAT_NAMES)('writes from a report what the run itself wrote: %s', async (name) => {
    const { code, out } = await cli('report', name, wrong);
    expect(code).toBe(0);
    const written = name === 'github' ? printed : readFileSync(join(wrong, FORMATS[name].file), 'utf8');
    expect(written).toContain(out);
    const file = join(folder, `out-${name}`);
    await cli('report', name, join(wrong, 'report.jsonl'), '--out', file);
    expect(readFileSync(file, 'utf8')).toBe(out);
  });

  it('tells a fault once in JUnit, where its clause is, with its replay; others name it', async () => {
    const cases = testCases((await cli('report', 'junit', wrong)).out);
    const failed = cases.filter(({ failure }) => failure !== null);
    expect(failed.map(({ suite, name }) => [suite, name])).toEqual([
      ['verdict', 'conforms to profile delegate'],
      ['application', 'WSB-APPLY-01 A budget is clamped to the streamable size'],
    ]);
    expect(failed[1]?.failure).toContain('trt-conformance run --subject reference:no-clamp --case ');
    const through = cases.flatMap(({ skipped }) => skipped ?? []);
    expect(through.length).toBeGreaterThan(2);
    expect(through.filter((message) => !message.includes('WSB-APPLY-01'))).toEqual([]);
  });

  it('has no failure in JUnit for a subject that keeps all', async () => {
    const cases = testCases((await cli('report', 'junit', right)).out);
    expect(cases.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(cases.map(({ name }) => name)).toContain('WSB-PARSE-03 No sign');
  });

  it('tells GitHub the verdict first, then each fault with its replay', async () => {
    const lines = (await cli('report', 'github', wrong)).out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^::error title=trt-delegate-conformance%3A reference%3Ano-clamp::The subject does not/,
    );
    expect(lines[1]).toMatch(
      /^::error title=WSB-APPLY-01 \(MUST\) .*::WSB-APPLY-01 is broken: .*%0Anpx trt-conf/,
    );
    expect((await cli('report', 'github', right)).out).toMatch(/^::notice .*\n$/);
  });

  it('shows the rule, the case and the replay in a summary', async () => {
    const { out } = await cli('report', 'summary', wrong);
    expect(out).toMatch(/^### ❌ The subject does not conform/);
    expect(out).toContain('#### WSB-APPLY-01 (MUST) A budget is clamped to the streamable size');
    expect(out).toContain('MUST be the smaller of that budget');
    expect(out).toMatch(/^ {2}replay {4}npx trt-conformance run --subject reference:no-clamp --case /m);
    expect((await cli('report', 'summary', right)).out).toMatch(/^### ✅ /);
  });

  it('says on a badge what came of it', async () => {
    const badge = JSON.parse((await cli('report', 'badge', wrong)).out) as object;
    expect(badge).toMatchObject({
      schemaVersion: 1,
      color: 'red',
      message: expect.stringMatching(/^does not/) as string,
    });
    expect((await cli('report', 'badge', right)).out).toContain('(a part)');
  });

  it('names what is broken and what is fixed, and ends with 1 for the first alone', async () => {
    const worse = await cli('report', 'diff', right, wrong);
    expect(worse.code).toBe(1);
    expect(worse.out).toContain('broken: WSB-APPLY-01 (MUST) A budget is clamped to the streamable size');
    expect(worse.out).toMatch(/ {2}case {4}application: WSB-APPLY-01\//);
    expect(worse.out).toContain('replay  npx trt-conformance run --subject reference:no-clamp');
    const better = await cli('report', 'diff', wrong, right);
    expect(better.code).toBe(0);
    expect(better.out).toContain('fixed: WSB-APPLY-01');
    const both = await cli('report', 'diff', wrong, other);
    expect(both.code).toBe(1);
    expect(both.out).toMatch(/^broken: WSB-PARSE-03 (?:.*\n)*^fixed: WSB-APPLY-01 /m);
    const json = JSON.parse((await cli('report', 'diff', wrong, other, '--json')).out) as Record<
      string,
      unknown
    >;
    // What is no budget for a load is none for set_option either.
    expect(json['broken']).toEqual(
      ['WSB-PARSE-03', 'WSB-SET-02'].map((clause): unknown =>
        expect.objectContaining({ clause, before: 'kept' }),
      ),
    );
    const same = await cli('report', 'diff', wrong, wrong);
    expect(same.code).toBe(0);
    expect(same.out).toContain('No clause stands otherwise than before.');
  });

  it('refuses a report without its footer, and one that was changed, and says how to go on', async () => {
    const text = readFileSync(join(wrong, 'report.jsonl'), 'utf8');
    const cut = join(folder, 'cut.jsonl');
    writeFileSync(cut, text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1));
    const refused = await cli('report', 'junit', cut);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/is no footer: the report is incomplete.*run --resume/);
    writeFileSync(cut, text.replace('"verdict":"fail"', '"verdict":"pass"'));
    expect(await cli('report', 'diff', cut, right)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/does not follow from the lines before it/) as string,
    });
    expect(await cli('report', 'badge', join(folder, 'none'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/cannot be read \(ENOENT\)/) as string,
    });
  });

  it.each([
    [['junit='], /No file is named/],
    [['html5'], /There is no format html5: give html, junit, summary/],
    [['badge', 'badge'], /given twice/],
  ])('refuses --reporter %j', async (names, message) => {
    const asked = names.flatMap((name) => ['--reporter', name]);
    const { code, err } = await cli('run', '--subject', 'reference', '--report', join(folder, 'x'), ...asked);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
