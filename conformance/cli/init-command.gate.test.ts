import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { capturedMain } from './captured-main.js';

const scratch = mkdtempSync(join(tmpdir(), 'init-'));
const MOST_MILLISECONDS = 5 * 60_000;

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

it.each(['cpp', 'python'])(
  'an empty folder has a verdict on its own adapter in %s within five minutes',
  async (language) => {
    const started = performance.now();
    const folder = join(scratch, `${language} é`);
    const { code, out } = await capturedMain('init', folder, '--language', language);
    expect(code).toBe(0);
    const script = `${process.execPath} ${join(suiteRoot(), 'scripts/trt-conformance.mjs')}`;
    const [, next = ''] = out.split('Next:\n');
    const commands = next.split('\n').filter((line) => line !== '' && !line.startsWith('  cd '));
    expect(commands).toHaveLength(3);
    const shown: string[] = [];
    for (const command of commands) {
      const own = command.replace('npx trt-conformance', script);
      const { stdout } = await execa(own, { cwd: folder, shell: true });
      shown.push(stdout);
    }
    expect(shown.join('\n')).toMatch(/The subject conforms to profile budget/);
    expect(performance.now() - started).toBeLessThan(MOST_MILLISECONDS);
  },
);
