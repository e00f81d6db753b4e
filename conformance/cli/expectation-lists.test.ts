import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capturedMain as cli } from './captured-main.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'expectations-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const COMMON = {
  clause: 'WSB-PARSE-03',
  message: 'WSB-PARSE-03 is broken',
  reason: 'A plus is taken.',
  link: 'https://example.org/issues/1',
  until: '2099-12-31',
};
const DIFFERENCES = {
  ...COMMON,
  differences: [
    { path: 'steps[*]', expected: '*', observed: '*' },
    { path: 'steps[*].warned', expected: '*', observed: '*' },
    { path: 'engines[*]', expected: '*', observed: '*' },
    { path: 'engines[*].*', expected: '*', observed: '*' },
  ],
};

function list(name: string, failures: readonly object[], subject = 'reference:accept-plus'): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ subject, failures }));
  return file;
}

/** Of all cases none fails but those expected to. */
const ALL_EXPECTED = /^total +\S+ +\S+ +\S+ +0 +[1-9]\d* /m;

/** A run without a filter of a few cases. */
const FEW = ['--cases', '600', '--decisions', '0', '--depth', 'program'];
const run = (...more: string[]): ReturnType<typeof cli> =>
  cli('run', '--subject', 'reference:accept-plus', '--report', join(folder, 'report'), ...FEW, ...more);

describe('run --expectations', () => {
  it('expects what an entry says, by its clause or by its differences, in generated cases too', async () => {
    for (const entry of [COMMON, DIFFERENCES]) {
      const { out } = await run('--expectations', list('a.json', [entry]));
      expect(out).toMatch(ALL_EXPECTED);
      expect(out).not.toMatch(/: [\d,]+ cases?\n {2}case/);
    }
  }, 60_000);

  it('does not expect what a wrong clause, message or difference says', async () => {
    const other = { ...COMMON, clause: 'WSB-PARSE-04', message: 'WSB-PARSE-04 is broken' };
    const message = { ...COMMON, message: 'no such message' };
    const difference = {
      ...DIFFERENCES,
      differences: [{ path: 'steps[*]', expected: 'ok', observed: 'ok' }],
    };
    const { code, out } = await run(
      ...['--expectations', list('a.json', [other, message]), '--expectations', list('b.json', [difference])],
    );
    expect(code).toBe(1);
    expect(out).toContain('WSB-PARSE-03 (MUST)');
    // Each entry is told with the file that it is in.
    expect(out).toMatch(
      /a\.json no longer holds[^]*WSB-PARSE-04[^]*no such message[^]*b\.json no longer holds/,
    );
  }, 60_000);

  it('removes what no longer holds from each file', async () => {
    const wrong = { ...COMMON, clause: 'WSB-PARSE-04', message: 'WSB-PARSE-04 is broken' };
    const [first, second] = [list('a.json', [COMMON, wrong]), list('b.json', [{ ...wrong, message: 'x' }])];
    await run('--expectations', first, '--expectations', second, '--update-expectations');
    const failures = (file: string): unknown =>
      (JSON.parse(readFileSync(file, 'utf8')) as { failures: unknown }).failures;
    expect([failures(first), failures(second)]).toEqual([[COMMON], []]);
  }, 60_000);

  it('holds entries of rules to a run of decisions alone, and removes those that hold no more', async () => {
    const rule = { ...COMMON, rule: 'accept-plus' };
    const elsewhere = { ...COMMON, clause: 'WSB-LIFE-13', rule: 'device-left' };
    const file = list('a.json', [rule, elsewhere], 'native');
    const mended = async (...more: string[]): ReturnType<typeof cli> =>
      cli(
        ...['run', '--subject', 'native', '--depth', 'decision', '--decisions', '20000'],
        ...['--report', join(folder, 'report'), '--expectations', file, ...more],
      );
    const { code, out } = await mended('--update-expectations');
    expect(out).toMatch(/a\.json no longer held[^]*accept-plus/);
    expect(code).toBe(1);
    expect((JSON.parse(readFileSync(file, 'utf8')) as { failures: unknown }).failures).toEqual([elsewhere]);
  }, 60_000);

  it.each<[string, () => string, RegExp]>([
    ['no file', () => join(folder, 'none'), /cannot be read \(ENOENT\)/],
    ['a device', () => '/dev/zero', /is not a plain file/],
    [
      'no JSON',
      () => {
        writeFileSync(join(folder, 'a'), '{');
        return join(folder, 'a');
      },
      /is not JSON/,
    ],
    [
      'an entry without a message',
      () => list('a', [{ ...COMMON, message: undefined }]),
      /breaks the schema.*\/failures\/0/,
    ],
    [
      'an unknown clause',
      () => list('a', [{ ...COMMON, clause: 'WSB-APPLY-99' }]),
      /\/failures\/0\/clause is WSB-APPLY-99/,
    ],
    ['an unknown rule', () => list('a', [{ ...COMMON, rule: 'no-rule' }]), /\/failures\/0\/rule is no-rule/],
    [
      'a wrong day',
      () => list('a', [{ ...COMMON, until: '2027-13-45' }]),
      /\/failures\/0\/until is 2027-13-45/,
    ],
    [
      'another subject',
      () => list('a', [COMMON], 'native'),
      /\/subject is "native", but the subject of this run/,
    ],
    [
      'rules that clash',
      () =>
        list('a', [
          { ...COMMON, rule: 'accept-plus' },
          { ...COMMON, rule: 'accept-minus-zero' },
        ]),
      /cannot hold together: More than one of/,
    ],
  ])('refuses %s at its place, before a run', async (_, file, message) => {
    const { code, out, err } = await run('--expectations', file());
    expect(err).toMatch(message);
    expect(err).not.toContain('    at ');
    expect([code, out]).toEqual([2, '']);
  });
});

/** What nobody but the user can say. */
const TOLD = ['--reason', 'A plus is taken.', '--link', 'notes.md'];

describe('expectations init', () => {
  it('writes a list by which the same run is as expected', async () => {
    expect((await run()).code).toBe(1);
    const file = join(folder, 'known.json');
    const init = (...more: string[]): ReturnType<typeof cli> =>
      cli('expectations', 'init', '--report', join(folder, 'report'), ...more);
    const made = await init('--out', file, ...TOLD);
    expect(made).toMatchObject({ code: 0 });
    expect(made.out).toMatch(/^\d+ entr.* for reference:accept-plus are in .*known\.json\.\n$/);
    // What a run would refuse is not written.
    const none = await init('--out', `${file}2`, ...TOLD, '--until', '2099-02-30');
    expect([none.code, none.err]).toEqual([2, expect.stringMatching(/\/until is 2099-02-30.*nothing was/)]);
    expect(existsSync(`${file}2`)).toBe(false);
    const again = await run('--expectations', file);
    expect(again.out).toMatch(ALL_EXPECTED);
    expect(again.out).not.toContain('no longer holds');
    expect(again.code).toBe(0);
    const twice = await init('--out', file, ...TOLD);
    expect([twice.code, twice.err]).toEqual([2, expect.stringContaining('is there already')]);
  }, 60_000);

  it.each([[['--reason', 'A plus is taken.']], [['--link', 'notes.md']], [[...TOLD, '--reason', ' ']]])(
    'asks for what nobody else can say, besides %j',
    async (args) => {
      const { code, out, err } = await cli('expectations', 'init', ...args);
      expect(err).toMatch(/--reason why the subject fails them.*--link where more is said/);
      expect([code, out]).toEqual([2, '']);
    },
  );

  it('says so when there is no report', async () => {
    const { code, err } = await cli('expectations', 'init', '--report', join(folder, 'none'), ...TOLD);
    expect([code, err]).toEqual([2, expect.stringContaining('cannot be read (ENOENT)')]);
  });
});
