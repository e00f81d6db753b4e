import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chainedLines } from '../report/line-chain.js';
import { suiteRoot } from '../suite-root.js';
import { type Captured, capturedMain as cli } from './captured-main.js';
import { unfolded } from '../testing/unfolded.js';

const folder = mkdtempSync(join(tmpdir(), 'early-end-'));
const report = join(folder, 'report');
const file = join(report, 'report.jsonl');
const faulty = join(suiteRoot(), 'dist/conformance/testing/faulty-subjects/main.js');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(subject: string, ...options: readonly string[]): Promise<Captured> {
  return cli('run', '--subject', subject, '--report', report, ...options);
}

interface Footer {
  readonly outcome: string;
  readonly conclusion: string;
  readonly coverage?: object;
  readonly notRun?: { readonly reason: string; readonly cases: number; readonly areas: readonly object[] };
}

function told(): { readonly header: { readonly options: object }; readonly footer: Footer } {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return {
    header: JSON.parse(lines[0] ?? '') as { options: object },
    footer: JSON.parse(lines.at(-1) ?? '') as Footer,
  };
}

const SMALL = ['--cases', '600', '--decisions', '0'];

describe('run --fail-fast', () => {
  it('ends at the first failure, shows it made small, and says what was not run', async () => {
    const { code, out } = await run('reference:no-clamp', '--fail-fast', ...SMALL);
    expect(code).toBe(1);
    expect(out).toContain('  replay    npx trt-conformance run --subject reference:no-clamp --case ');
    expect(unfolded(out)).toMatch(/\nNot run: parsing \d+, .*golden [\d,]+, .*programs [\d,]+\.\n/);
    const { header, footer } = told();
    expect(header.options).toMatchObject({ failFast: true });
    expect(footer.outcome).toBe('does-not-conform');
    expect(footer.conclusion).toMatch(
      /The run ended at its first failure \(--fail-fast\): [\d,]+ cases were not run\.$/,
    );
    expect(footer.notRun?.reason).toBe('fail-fast');
    expect(footer.coverage).toBeUndefined();
    expect((await cli('verify', file)).code).toBe(0);
  });

  it('leaves a report that is finished: another run begins anew', async () => {
    const { code, err } = await run('reference:no-clamp', '--fail-fast', ...SMALL, '--resume');
    expect(code).toBe(2);
    expect(err).toContain('is finished: there is nothing to continue');
  });

  it('leaves a report that is refused when it hides what was not run', async () => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const less = lines.map((line) => {
      const record = JSON.parse(line) as { chain?: string; notRun?: NonNullable<Footer['notRun']> };
      delete record.chain;
      if (record.notRun === undefined) return record;
      return { ...record, notRun: { ...record.notRun, areas: record.notRun.areas.slice(1) } };
    });
    const edited = join(folder, 'edited.jsonl');
    writeFileSync(edited, `${chainedLines(less.map((line) => JSON.stringify(line))).join('\n')}\n`);
    const { code, out, err } = await cli('verify', edited);
    expect(code).toBe(1);
    expect(`${out}${err}`).toContain('The cases that were not run do not follow from the plan');
  });

  it('goes on over what fails as expected and over what decides nothing', async () => {
    const { code, out } = await run('reference:refuse-silently', '--fail-fast', '--filter', 'WSB-FAIL-09');
    expect(unfolded(out)).toContain('Broken SHOULD clauses');
    expect([code, out.includes('Not run')]).toEqual([0, false]);
    expect(told().footer.notRun).toBeUndefined();
  });
});

describe('run --budget', () => {
  it('runs everything where there is time, and then says nothing of it', async () => {
    const { code, out } = await run('reference', '--budget', '10m', ...SMALL);
    expect(out).not.toContain('--budget');
    expect(code).toBe(0);
    expect(told().footer).toMatchObject({ outcome: 'conforms' });
    expect(told().header.options).toMatchObject({ budget: 600_000 });
    expect(told().footer.notRun).toBeUndefined();
  });

  it('conforms when the time is up only once all that is required was demonstrated', async () => {
    const { code, out } = await run(
      'reference',
      '--budget',
      '1s',
      '--cases',
      '900000000',
      '--decisions',
      '0',
    );
    const { footer } = told();
    expect(footer.notRun).toMatchObject({ reason: 'budget' });
    expect(unfolded(out)).toMatch(/The time of --budget was up: [\d,]+ cases were not run\.\n/);
    expect([code, footer.outcome]).toEqual(
      footer.conclusion.startsWith('The subject conforms') ? [0, 'conforms'] : [5, 'incomplete'],
    );
    expect((await cli('verify', file)).code).toBe(0);
  });

  it('ends as incomplete when there was no time for anything that is required', async () => {
    const { code, out } = await run(
      'reference',
      '--budget',
      '1s',
      '--filter',
      'generated',
      '--cases',
      '900000000',
    );
    expect(code).toBe(5);
    expect(unfolded(out)).toMatch(/^Not run: generated [\d,]+, arbitrary [\d,]+, programs [\d,]+\.$/m);
  });
});

describe('run --timeout', () => {
  const SLOW = `exec:${process.execPath} ${faulty} unhurried`;

  it('is how long a subject is waited for, and stands in the command that shows the finding again', async () => {
    const started = performance.now();
    const { code, out } = await run(SLOW, '--timeout', '100ms', '--fail-fast', '--filter', 'WSB-PARSE-03');
    expect(unfolded(out)).toContain('it did not answer within 100 ms');
    expect(out).toMatch(/ {2}replay .* --timeout 100ms --case /);
    expect([1, 3]).toContain(code);
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(told().header.options).toMatchObject({ timeout: 100 });
  });

  it.each([[[]], [['--program', join(suiteRoot(), 'golden/exporter/one_engine_automatic.pte')]]])(
    'is refused for a subject in this process, with %j',
    async (more) => {
      const { code, err } = await run('reference', '--timeout', '5s', ...more);
      expect(code).toBe(2);
      expect(err).toContain('reference runs in the process of the suite, which cannot end it');
    },
  );

  it('is refused on a real TensorRT', async () => {
    const { code, err } = await run('native', '--tensorrt', folder, '--timeout', '5s');
    expect([code, err]).toEqual([2, expect.stringContaining('--timeout cannot be used with --tensorrt')]);
  });
});

describe('what cannot be meant', () => {
  it.each([
    [['--timeout', '99ms'], /from 100ms to 1h/],
    [['--timeout', '0s'], /from 100ms to 1h/],
    [['--timeout', '2h'], /from 100ms to 1h/],
    [['--timeout', '5'], /from 100ms to 1h/],
    [['--timeout', '1e3ms'], /from 100ms to 1h/],
    [['--timeout', '-5s'], /from 100ms to 1h/],
    [['--budget', '0s'], /at least 1s/],
    [['--budget', 'soon'], /a number with its unit/],
    [['--budget', '5s', '--time', '5s'], /Give either --budget/],
  ])('%j is a usage error', async (options, why) => {
    const { code, err } = await run('reference', ...options);
    expect(code).toBe(2);
    expect(err).toMatch(why);
  });
});
