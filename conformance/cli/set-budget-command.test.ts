import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BUDGET_KEY,
  encodeBlob,
  encodePlan,
  scriptedPlan,
  writeProgram,
  type DelegateSpec,
} from '../../reference/index.js';
import { suiteRoot } from '../suite-root.js';
import { capturedMain as cli } from './captured-main.js';

const golden = join(suiteRoot(), 'golden/exporter/two_engines_budget_8192.pte');
let folder = '';
let file = '';
let out = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'set-budget-'));
  file = join(folder, 'a.pte');
  out = join(folder, 'b.pte');
  copyFileSync(golden, file);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program with an engine of each of these sizes; the budgets are those of the first. */
function program(streamable: readonly bigint[], ...budgets: readonly string[]): void {
  const spec = (value: string): DelegateSpec['compileSpecs'][number] => ({
    key: BUDGET_KEY,
    value: Buffer.from(value),
  });
  const delegates = streamable.map((size, at) => ({
    backend: 'TensorRTBackend',
    placement: 'inline' as const,
    data: encodeBlob({ engine: encodePlan(scriptedPlan({ streamable: size })) }),
    compileSpecs: at === 0 ? budgets.map(spec) : [],
  }));
  writeFileSync(file, writeProgram({ methods: [{ name: 'forward', delegates }] }));
}

describe('set-budget', () => {
  it('writes a program with the budgets that were asked for, which loads with them', async () => {
    const {
      code,
      out: text,
      err,
    } = await cli('set-budget', file, ...['--engine', 'forward/1=none', '--all', '4KiB', '-o', out]);
    expect([code, err]).toEqual([0, '']);
    expect(text).toContain(
      '  forward/0  "8192" -> 4,096 (16,384 streamable)\n  forward/1  "8192" -> automatic',
    );
    expect(text).toMatch(
      /\nWritten and read back: .*b\.pte \([\d,]+ bytes, 4,096 more, segments moved by 4,096\)\.\n$/,
    );
    const run = await cli('run', '--program', out, '--subject', 'native');
    expect(run.out).toMatch(
      /\nsubject\n[^]*engine 0: 4096 from the compile-spec [^]*engine 1: \d+ from the automatic/,
    );
    expect(run.out).toMatch(/They agree\.\n$/);
    expect(readFileSync(file).equals(readFileSync(golden))).toBe(true);
  });

  it('takes the first of several budgets for its place, and warns', async () => {
    program([1024n], '1', '2', '3');
    const { code, out: text } = await cli('set-budget', file, '--all', '50%', '--in-place');
    expect(code).toBe(0);
    expect(text).toContain('  forward/0  "1" and "2" and "3" -> 512 (1,024 streamable)\n');
    expect(text).toContain(
      'warning: forward/0 had 3 budgets, with which it does not load; it has one at most now\n',
    );
    const { out: again } = await cli('set-budget', file, '--all', '512', '--in-place');
    expect(again).toContain(`${file} says so already, and is as it was.\n`);
    expect(readdirSync(folder)).toEqual(['a.pte']);
  });

  it('warns of an engine that streams nothing, and of budgets that differ', async () => {
    program([0n, 1024n]);
    const { code, out: text } = await cli('set-budget', file, '--engine', 'forward/0=0', '--dry-run');
    expect(code).toBe(0);
    expect(text).toContain(
      'warning: forward/0 streams nothing: a delegate drops its budget and logs an error (WSB-APPLY-08)\n',
    );
    expect(text).toContain('warning: the engines have different budgets.');
    expect(text).toMatch(/Nothing was written\. The program would have [\d,]+ bytes, [\d,]+ more\.\n$/);
    expect(readdirSync(folder)).toEqual(['a.pte']);
  });

  it('says all of it as JSON', async () => {
    const { out: text } = await cli(
      'set-budget',
      file,
      '--engine',
      'forward/0=9223372036854775807',
      '-o',
      out,
      '--json',
    );
    expect(JSON.parse(text)).toMatchObject({
      ...{ file, out, written: true, changed: true },
      engines: [
        {
          engine: 'forward/0',
          before: [{ text: '8192' }],
          after: [{ text: '9223372036854775807' }],
          set: true,
        },
        {
          engine: 'forward/1',
          before: [{ text: '8192' }],
          after: [{ text: '8192' }],
          set: false,
          streamable: '16384',
        },
      ],
      warnings: [expect.stringContaining('different budgets')],
    });
  });

  it('changes the program in place, through a link too', async () => {
    const link = join(folder, 'link.pte');
    symlinkSync('a.pte', link);
    expect((await cli('set-budget', link, '--all', '0', '--in-place')).code).toBe(0);
    expect((await cli('explain', file, '--json')).out).toContain('"requested": "0"');
    expect(readdirSync(folder).sort()).toEqual(['a.pte', 'link.pte']);
  });

  it.each([
    [
      ['--all', '1'],
      'error: Say where the new program goes: -o FILE, or --in-place to change the program itself.\n',
    ],
    [['-o', 'X'], 'error: Say what to set, such as --engine forward/0=8GiB or --all 4GiB.\n'],
    [
      ['--engine', 'forward/2=1', '-o', 'X'],
      'error: There is no engine "forward/2". There are: "forward/0", "forward/1".\n',
    ],
    [['--engine', 'forward=1', '-o', 'X'], 'error: There is no engine "forward". There are:'],
    [['--engine', 'a\nb\u202e/0=1', '-o', 'X'], 'error: There is no engine "a\\nb\\u202e/0". There are:'],
    [['--engine', '=1', '-o', 'X'], 'Give an engine and its budget, such as forward/0=8GiB.\n'],
    [
      ['--engine', 'forward/0=1', '--engine', 'forward/0=1', '-o', 'X'],
      'error: "forward/0" is given two budgets. Give one.\n',
    ],
    [
      ['--engine', 'forward/0=-1', '-o', 'X'],
      'Give bytes in digits, or with a unit, such as 8GiB (1024-based) or 8GB (1000-based).\n',
    ],
    [['--all', '1', '--all', 'none', '-o', 'X'], 'Give --all once.'],
    [['--all', '8G', '-o', 'X'], 'G can mean GB or GiB.'],
    [['--all', '9223372036854775808', '-o', 'X'], 'The largest budget is 9223372036854775807 bytes.\n'],
    [['--all', '101%', '-o', 'X'], 'A share is at most 100%.\n'],
    [['--all', '1', '-o', ''], 'error: Give -o the name of a file.\n'],
    [['--all', '1', '-o', 'X', '--in-place'], "'--in-place' cannot be used with option '-o, --out <file>'"],
  ])('refuses %j', async (args, message) => {
    const given = args.map((arg) => (arg === 'X' ? out : arg));
    const { code, out: text, err } = await cli('set-budget', file, ...given);
    expect([code, text]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(readdirSync(folder)).toEqual(['a.pte']);
  });

  it('replaces another file only when it is told to, and never the program by -o', async () => {
    writeFileSync(out, 'mine');
    const refused = await cli('set-budget', file, '--all', '1', '-o', out);
    expect(refused.code).toBe(4);
    expect(refused.err).toMatch(/^error: .*b\.pte exists already, so nothing is written there\. /);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect((await cli('set-budget', file, '--all', '1', '-o', out, '--force')).code).toBe(0);
    const self = await cli('set-budget', file, '--all', '1', '-o', join(folder, '.', 'a.pte'), '--force');
    expect(self.code).toBe(2);
    expect(self.err).toContain('is the program itself. Give --in-place instead of -o to change it.\n');
    expect(readdirSync(folder).sort()).toEqual(['a.pte', 'b.pte']);
  });

  it('refuses what is no program, or has no share that anyone knows', async () => {
    const cut = join(folder, 'cut.pte');
    writeFileSync(cut, readFileSync(golden).subarray(0, 2000));
    const unknown = {
      backend: 'TensorRTBackend',
      placement: 'inline' as const,
      data: encodeBlob({ engine: Buffer.from('plan') }),
      compileSpecs: [],
    };
    writeFileSync(file, writeProgram({ methods: [{ name: 'a/b', delegates: [unknown] }] }));
    for (const [name, message] of [
      [cut, 'is not a program that ExecuTorch loads: the header promises'],
      [folder, 'is not a plain file'],
      [join(folder, 'gone.pte'), 'cannot be read (ENOENT)'],
      ['/dev/null', 'is not a plain file'],
    ] as const) {
      const { code, err } = await cli('set-budget', name, '--all', '1', '-o', out);
      expect([name, code, err]).toEqual([name, 2, expect.stringContaining(message)]);
    }
    const { code, err } = await cli('set-budget', file, '--engine', 'a/b/0=50%', '-o', out);
    expect(code).toBe(2);
    expect(err).toContain('Nobody here knows how much a/b/0 can stream, so no share of it can be told.');
    expect((await cli('set-budget', file, '--engine', 'a/b/0=5', '-o', out)).code).toBe(0);
  });

  it('says what to do where the place cannot be written', async () => {
    mkdirSync(out);
    const there = await cli('set-budget', file, '--all', '1', '-o', out, '--force');
    expect([there.code, there.err]).toEqual([4, expect.stringContaining('is not a plain file')]);
    const nowhere = await cli('set-budget', file, '--all', '1', '-o', join(folder, 'x/y.pte'));
    expect([nowhere.code, nowhere.err]).toEqual([
      4,
      expect.stringMatching(
        /^error: There is no folder for .*x\/y\.pte\. Make it, or give another place\.\n$/,
      ),
    ]);
    const long = join(folder, 'x'.repeat(250));
    expect((await cli('set-budget', file, '--all', '1', '-o', long)).code).toBe(0);
  });
});
