import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import { main } from '../cli/main.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { unfolded } from '../testing/unfolded.js';

const root = suiteRoot();
const build = join(root, 'native/build');
const folder = mkdtempSync(join(tmpdir(), 'tier-'));
const report = join(folder, 'report');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const keep = (text: string): void => {
    err += text;
  };
  const code = await main([...argv, '--report', report], {
    out: (text) => {
      out += text;
    },
    err: { write: keep },
  });
  return { code, out, err };
}

interface Line {
  readonly record: string;
  readonly id?: string;
  readonly area?: string;
  readonly verdict?: string;
  readonly reason?: string;
  readonly name?: string;
}

const linesOf = (): readonly Line[] =>
  readFileSync(join(report, 'report.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe.skipIf(skippedWithout(existsSync(join(build, 'device-check'))))('run --tensorrt, rehearsed', () => {
  let ended: { code: number; out: string };
  let lines: readonly Line[];
  beforeAll(async () => {
    ended = await cli('run', '--tensorrt', build);
    lines = linesOf();
  }, 120_000);

  it('ends with 5: nothing fails on the engines that there can be, which do not show every clause', () => {
    expect(ended.code).toBe(5);
    expect(unfolded(ended.out)).toMatch(/incomplete: \d+ MUST clauses of profile delegate not demonstrated/);
  });

  it('says what it ran on', () => {
    expect(unfolded(ended.out)).toContain('tensorrt 10.6.0 (simulated)');
    expect(lines[0]).toMatchObject({ subject: { versions: { tensorrt: '10.6.0 (simulated)' } } });
  });

  it('writes a report that keeps its schema', () => {
    const schemas = loadSchemas(root);
    expect(lines.flatMap((line) => schemas.faults('report', line))).toEqual([]);
  });

  it('runs the cases of the simulator under their own ids', () => {
    const ids = lines
      .filter(({ record, area }) => record === 'case' && area !== 'golden')
      .map(({ id }) => id);
    expect(ids).toEqual(ALL_CASES.map(({ id }) => id));
    const passed = lines.filter(({ record, verdict }) => record === 'case' && verdict === 'pass');
    expect(passed.length).toBeGreaterThan(850);
  });

  it('gives a reason for each case that it leaves out, and shows them counted', () => {
    const left = lines.filter(({ record, verdict }) => record === 'case' && verdict === 'unsupported');
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter(({ reason }) => reason === undefined)).toEqual([]);
    expect(ended.out).toMatch(/^ +\d+ {2}TensorRT accepts every budget in range$/m);
  });

  it('makes every device check, and says where a simulated device shows nothing', () => {
    const checks = lines.filter(({ record }) => record === 'device-check');
    expect(checks.map(({ name }) => name?.split('/')[0])).toEqual([
      ...['outputs', 'outputs', 'changes', 'changes', 'threads', 'loads'],
      ...Array.from({ length: 8 }, () => 'devices'),
      ...['budget-calls', 'budget-calls', 'budget-calls'],
      ...Array.from({ length: 12 }, () => 'tight-memory'),
      ...Array.from({ length: 12 }, () => 'tight-memory-of-two'),
    ]);
    expect(unfolded(ended.out)).toContain('simulated, so nothing is computed');
  });

  it('finds a wrong delegate, and the printed command shows it again', async () => {
    const wrong = await cli(
      'run',
      '--tensorrt',
      build,
      '--subject',
      'native:no-clamp',
      '--filter',
      'WSB-APPLY-01',
    );
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('WSB-APPLY-01 (MUST)');
    const [, command = ''] = /^ +replay +npx trt-conformance (.*)$/m.exec(wrong.out) ?? [];
    const again = await main(command.split(' '), { out: () => undefined, err: { write: () => undefined } });
    expect(again).toBe(1);
    const right = await main(command.replace(':no-clamp', '').split(' '), {
      out: () => undefined,
      err: { write: () => undefined },
    });
    expect(right).toBe(0);
  }, 120_000);

  // In a process of its own: one that a subject was left running for would never end.
  it('ends when the engines cannot be kept, with what to do', async () => {
    const command = [join(root, 'scripts/trt-conformance.mjs'), 'run', '--tensorrt', build];
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    const rest = ['--engines', file, '--report', join(folder, 'none')];
    const ended = await execa(process.execPath, [...command, ...rest], { reject: false, timeout: 60_000 });
    expect(ended).toMatchObject({ timedOut: false, exitCode: 4 });
    expect(ended.stderr).toContain('There is a file where a folder is needed');
  }, 90_000);

  it.each([
    ['the cases', 'trt-conformance-'],
    ['the device checks', 'device-checks-'],
  ])(
    'leaves no file behind when it is interrupted during %s',
    async (_, prefix) => {
      const place = mkdtempSync(join(folder, 'interrupted-'));
      const command = [join(root, 'scripts/trt-conformance.mjs'), 'run', '--tensorrt', build];
      const running = execa(process.execPath, [...command, '--report', join(folder, 'none')], {
        env: { TMPDIR: place },
        reject: false,
        timeout: 60_000,
      });
      while (!readdirSync(place).some((name) => name.startsWith(prefix))) await setTimeout(10);
      running.kill('SIGINT');
      expect(await running).toMatchObject({ signal: 'SIGINT', timedOut: false });
      expect(readdirSync(place)).toEqual([]);
    },
    90_000,
  );

  it('refuses a library that is no TensorRT, with what to do', async () => {
    const wrong = join(folder, 'wrong');
    mkdirSync(wrong);
    writeFileSync(join(wrong, 'libnvinfer.so.10'), 'no library');
    const { code, err } = await cli('run', '--tensorrt', wrong, '--cudart', join(build, 'libcudart.so'));
    expect(code).toBe(4);
    expect(err).toContain('cannot be used here');
    expect(err).toContain('--tensorrt native/build');
  });
});

describe('run --tensorrt', () => {
  it.each([
    [['--tensorrt', '/nowhere'], 4, 'npm run tensorrt:fetch'],
    [['--tensorrt', build, '--subject', 'upstream'], 2, 'needs our own delegate'],
    [['--tensorrt', build, '--cudart', '/nowhere/libcudart.so.13'], 4, 'Give --cudart the path'],
  ])('ends with a message for %j', async (args, code, message) => {
    const ended = await cli('run', ...args);
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(message);
  });

  it('takes the folder from TENSORRT_ROOT when it is given none', async () => {
    const before = process.env['TENSORRT_ROOT'];
    try {
      process.env['TENSORRT_ROOT'] = '/nowhere/tensorrt';
      expect((await cli('run', '--tensorrt')).err).toContain('in /nowhere/tensorrt');
      delete process.env['TENSORRT_ROOT'];
      expect((await cli('run', '--tensorrt')).code).toBe(2);
    } finally {
      if (before === undefined) delete process.env['TENSORRT_ROOT'];
      else process.env['TENSORRT_ROOT'] = before;
    }
  });
});
