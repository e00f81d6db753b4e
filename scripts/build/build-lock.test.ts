import { existsSync } from 'node:fs';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { temporaryPackage, type TemporaryPackage } from '../testing/temporary-package.js';

let made: TemporaryPackage;

beforeEach(async () => {
  made = await temporaryPackage({ installed: true });
});

afterEach(async () => {
  await made.remove();
});

const lockFolder = () => path.join(made.root, 'native/build/.lock');

/** Runs a program of its own that writes `in` and `out` around a pause while it owns the lock. */
function holdLock(pauseMs: number) {
  const code = `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { withBuildLock } from './scripts/build/build-lock.mjs';
    await withBuildLock(() => {}, async () => {
      appendFileSync('trace', 'in ');
      await sleep(${pauseMs});
      appendFileSync('trace', 'out ');
    });`;
  return execa(process.execPath, ['--input-type=module', '-e', code], { cwd: made.root });
}

it('lets one build run at a time, and leaves nothing', async () => {
  await Promise.all([holdLock(150), holdLock(150), holdLock(150)]);
  expect(await readFile(path.join(made.root, 'trace'), 'utf8')).toBe('in out in out in out ');
  expect(existsSync(lockFolder())).toBe(false);
});

it('takes over the lock of a process that was killed', async () => {
  const killed = holdLock(60_000);
  while (!existsSync(path.join(made.root, 'trace'))) await new Promise((resolve) => setTimeout(resolve, 20));
  killed.kill('SIGKILL');
  await killed.catch(() => undefined);
  expect(existsSync(lockFolder())).toBe(true);
  await holdLock(1);
  expect(await readFile(path.join(made.root, 'trace'), 'utf8')).toBe('in in out ');
});

it('takes over a lock of elsewhere that nobody has touched for long', async () => {
  await mkdir(lockFolder(), { recursive: true });
  await writeFile(path.join(lockFolder(), 'owner.json'), '{"pid":1,"host":"another machine"}');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lockFolder(), longAgo, longAgo);
  await holdLock(1);
  expect(await readFile(path.join(made.root, 'trace'), 'utf8')).toBe('in out ');
});
