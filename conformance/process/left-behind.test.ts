import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { reaperBelow } from './launch.js';

const root = suiteRoot();
const faulty = join(root, 'dist/conformance/testing/faulty-subjects/main.js');

/** Whether a process lives; a zombie does not. */
function lives(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return false;
  return !/^\d+ \(.*\) Z/s.test(readFileSync(file, 'latin1'));
}

/** The processes that a process started. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'latin1').split(' ').filter(Boolean).map(Number) : [];
}

async function eventually(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await sleep(50);
  return holds();
}

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
}, 120_000);

describe.skipIf(process.platform !== 'linux')('a runner that is ended', () => {
  const signals = ['SIGINT', 'SIGTERM', ...(reaperBelow(root) === null ? [] : ['SIGKILL'])] as const;

  it.each(signals)(
    'by %s leaves no process behind',
    async (signal) => {
      const subject = `exec:${process.execPath} ${faulty} silent-start`;
      const runner = execa(
        process.execPath,
        [join(root, 'scripts/trt-conformance.mjs'), 'run', '--subject', subject],
        { reject: false, cwd: root },
      );
      const pid = runner.pid ?? 0;
      let subjects: number[] = [];
      expect(
        await eventually(() => {
          subjects = childrenOf(pid);
          return subjects.length > 0;
        }),
      ).toBe(true);
      runner.kill(signal as NodeJS.Signals);
      const ended = await runner;
      expect(ended.signal).toBe(signal);
      expect(await eventually(() => !subjects.some(lives))).toBe(true);
    },
    30_000,
  );
});
