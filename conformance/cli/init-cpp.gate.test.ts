import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { capturedMain } from './captured-main.js';

const folder = mkdtempSync(join(tmpdir(), 'init-cpp-'));
const MOST_MILLISECONDS = 5 * 60_000;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('an empty folder has a verdict on its own C++ adapter within five minutes', async () => {
  const started = performance.now();
  const { code, out } = await capturedMain('init', folder);
  expect(code).toBe(0);
  const script = `${process.execPath} ${join(suiteRoot(), 'scripts/trt-conformance.mjs')}`;
  const [, next = ''] = out.split('Next:\n');
  const commands = next.split('\n').filter((line) => line !== '' && !line.startsWith('  cd '));
  expect(commands).toHaveLength(3);
  let last = '';
  for (const command of commands) {
    const ran = await execa(command.replace('npx trt-conformance', script), { cwd: folder, shell: true });
    last = ran.stdout;
  }
  expect(last).toMatch(/The subject conforms to profile budget/);
  expect(performance.now() - started).toBeLessThan(MOST_MILLISECONDS);
});
