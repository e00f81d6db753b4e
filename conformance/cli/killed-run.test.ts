import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';

/*
 * The command is started as users start it and killed with SIGKILL, again and again, each time after it counted some more. What was
 * counted stays, every line is whole but for the last, nothing is left running, and the run that is continued to its end reports what
 * one that was let be reports.
 */

const root = suiteRoot();
const schemas = loadSchemas(root);
const script = join(root, 'scripts/trt-conformance.mjs');
const faulty = join(root, 'dist/conformance/testing/faulty-subjects/main.js');
const folder = mkdtempSync(join(tmpdir(), 'killed-run-'));
const SUBJECTS = {
  'in this process': 'reference:no-clamp',
  'in processes of its own': `exec:${process.execPath} ${faulty} leaks binary`,
};

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function start(subject: string, report: string, ...more: readonly string[]) {
  const run = ['run', '--subject', subject, '--cases', '2500', '--decisions', '6000', '--report', report];
  const mark = { KILLED_RUN: report };
  return execa(process.execPath, [script, ...run, '--jobs', '2', ...more], { reject: false, env: mark });
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
      .replace(/"started":"[^"]*"/, '"started":""')
      .replaceAll(report, 'REPORT'),
  );
}

/** The processes whose environment names this report. */
function processesOf(report: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'latin1').includes(`=${report}\0`);
    } catch {
      return false;
    }
  });
}

async function eventually(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await sleep(25);
  return holds();
}

describe.skipIf(process.platform !== 'linux').each(Object.entries(SUBJECTS))(
  'a run of a subject %s that is killed',
  (_name, subject) => {
    it('is continued to the same end, and leaves nothing behind', async () => {
      const [whole, cut] = ['whole', 'cut'].map((name) => join(folder, `${name}-${subject.length}`)) as [
        string,
        string,
      ];
      expect((await start(subject, whole)).exitCode).toBe(1);
      const steps: number[] = [];
      for (const goal of [0, 3, 20, 35]) {
        const run = start(subject, cut, '--resume');
        await eventually(() => countedIn(wholeLines(cut)) > goal || run.exitCode !== null);
        run.kill('SIGKILL');
        expect((await run).signal).toBe('SIGKILL');
        const lines = wholeLines(cut);
        for (const line of lines) expect(schemas.faults('report', JSON.parse(line))).toEqual([]);
        steps.push(countedIn(lines));
        expect(await eventually(() => processesOf(cut).length === 0)).toBe(true);
      }
      // Nothing that was counted is lost.
      expect(steps).toEqual([...steps].sort((a, b) => a - b));
      const last = await start(subject, cut, '--resume');
      expect(last.stderr).toMatch(/The run of .* goes on: it counted [\d,]+ cases/);
      expect(last.exitCode).toBe(1);
      expect(timeless(cut)).toEqual(timeless(whole));
    }, 120_000);

    it('is moved aside by a run that does not continue it, with the command that does', async () => {
      const report = join(folder, `aside-${subject.length}`);
      const run = start(subject, report);
      await eventually(() => countedIn(wholeLines(report)) > 2);
      run.kill('SIGKILL');
      await run;
      const counted = countedIn(wholeLines(report));
      const other = await start(subject, report, '--filter', 'WSB-PARSE-0*');
      expect(other.stderr).toMatch(/is incomplete: it counted [\d,]+ cases/);
      const [, aside = ''] = /--report (\S+) --resume/.exec(other.stderr) ?? [];
      expect(countedIn(wholeLines(aside))).toBe(counted);
      const refused = await start(subject, aside, '--seed', '2', '--resume');
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).toMatch(/is that of another run \(seed: there 1, here 2/);
    }, 120_000);
  },
);
