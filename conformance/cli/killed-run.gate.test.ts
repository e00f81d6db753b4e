import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';

/*
 * The command is started as users start it and killed with SIGKILL, again and again, each time
 * after it counted some more. What was counted stays, every line is whole but for the last, nothing
 * is left running, and the run that is continued to its end reports what one that was let be
 * reports.
 */

const root = suiteRoot();
const schemas = loadSchemas(root);
const script = join(root, 'scripts/trt-conformance.mjs');
const faulty = join(root, 'dist/conformance/testing/faulty-subjects/main.js');
const folder = mkdtempSync(join(tmpdir(), 'killed-run-'));

/**
 * A run that is long enough to be killed a few times, and the numbers of steps after which it is.
 */
interface KilledRun {
  readonly name: string;
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly goals: readonly number[];
}

const RUNS: readonly KilledRun[] = [
  {
    name: 'of a subject in this process',
    args: ['--subject', 'reference:no-clamp', '--cases', '2500'],
    exitCode: 1,
    goals: [0, 3, 20, 30],
  },
  {
    name: 'of a subject in two processes',
    args: [
      ...['--subject', `exec:${process.execPath} ${faulty} none binary`],
      ...['--depth', 'decision', '--profile', 'budget', '--decisions', '120000'],
    ],
    exitCode: 0,
    goals: [0, 6],
  },
];

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The folder for temporary files of a run, which the processes that it starts are told, too. */
function temporaryOf(report: string): string {
  mkdirSync(`${report}-temporary`, { recursive: true });
  return `${report}-temporary`;
}

function start({ args }: KilledRun, report: string, ...more: readonly string[]) {
  const run = [script, 'run', ...args, '--jobs', '2', '--report', report, ...more];
  return execa(process.execPath, run, {
    reject: false,
    env: { TMPDIR: temporaryOf(report) },
  });
}

/** The whole lines of a report. */
function wholeLines(report: string): string[] {
  const file = join(report, 'report.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}

function countedIn(lines: readonly string[]): number {
  return lines.filter((line) => line.startsWith('{"record":"counted"')).length;
}

/** A finished report less what differs between two runs. */
function timeless(report: string): string[] {
  return wholeLines(report).map((line) =>
    line
      .replaceAll(/"milliseconds":[\d.e-]+/g, '"milliseconds":0')
      .replaceAll(/,"chain":"[0-9a-f]{32}"/g, '')
      .replace(/"started":"[^"]*"/, '"started":""')
      .replaceAll(report, 'REPORT'),
  );
}

/** The processes of the runs that wrote this report, and of their subjects. */
function processesOf(report: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        readFileSync(`/proc/${name}/environ`, 'latin1').includes(`=${temporaryOf(report)}\0`)
      );
    } catch {
      return false;
    }
  });
}

async function eventually(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await sleep(25);
  return holds();
}

/**
 * Kills a run once its report holds more than so many steps; gives the whole lines that it left.
 */
async function killed(run: ReturnType<typeof start>, report: string, steps: number): Promise<string[]> {
  let isOver = false;
  const ended = run.finally(() => {
    isOver = true;
  });
  await eventually(() => isOver || countedIn(wholeLines(report)) > steps);
  run.kill('SIGKILL');
  expect(await ended).toMatchObject({ signal: 'SIGKILL' });
  return wholeLines(report);
}

describe.skipIf(process.platform !== 'linux').each(RUNS)('a run $name that is killed', (planned) => {
  const place = (name: string): string => join(folder, `${name}-${planned.args.length}`);

  it('is continued to the same end, and leaves nothing behind', async () => {
    const [whole, cut] = [place('whole'), place('cut')];
    expect((await start(planned, whole)).exitCode).toBe(planned.exitCode);
    const steps: number[] = [];
    for (const [nth, goal] of planned.goals.entries()) {
      const resumed = nth === 0 ? [] : ['--resume'];
      const lines = await killed(start(planned, cut, ...resumed), cut, goal);
      for (const line of lines) expect(schemas.faults('report', JSON.parse(line))).toEqual([]);
      steps.push(countedIn(lines));
      expect(await eventually(() => processesOf(cut).length === 0)).toBe(true);
      expect(readdirSync(temporaryOf(cut))).toEqual([]);
    }
    // Nothing that was counted is lost.
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    const last = await start(planned, cut, '--resume');
    expect(last.stderr).toMatch(/The run of .* continues: it counted [\d,]+ cases/);
    expect(last.exitCode).toBe(planned.exitCode);
    expect(timeless(cut)).toEqual(timeless(whole));
  });

  it('is moved aside by a run that does not continue it, with the command that does', async () => {
    const report = place('aside');
    const counted = countedIn(await killed(start(planned, report), report, 2));
    const { stderr } = await start(planned, report, '--cases', '0', '--decisions', '256');
    expect(stderr).toMatch(/is incomplete: it counted [\d,]+ cases/);
    const [, aside = ''] = /--report (\S+) --resume/.exec(stderr) ?? [];
    expect(countedIn(wholeLines(aside))).toBe(counted);
    const refused = await start(planned, aside, '--seed', '2', '--resume');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(
      /is that of another run, .*\n {2}seed: was 1, is now 2\nTo continue it:\n {2}npx .* --seed 1 /,
    );
  });
});
