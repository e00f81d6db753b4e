import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { removeStaleOutputs } from './stale-outputs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stale-'));
const dist = join(folder, 'dist');

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('removes what was written for sources that are gone, and nothing else', async () => {
  for (const file of [
    'run/here.ts',
    'dist/.stamp',
    'dist/run/here.js',
    'dist/run/here.d.ts',
    'dist/run/here.js.map',
    'dist/run/data.json',
    'dist/run/gone.js',
    'dist/run/gone.d.ts',
    'dist/gone/deep/old.js',
  ]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  expect(await removeStaleOutputs(folder, dist)).toEqual([
    'gone/deep/old.js',
    'run/gone.d.ts',
    'run/gone.js',
  ]);
  for (const file of ['.stamp', 'run/here.js', 'run/here.d.ts', 'run/here.js.map', 'run/data.json']) {
    expect(existsSync(join(dist, file)), file).toBe(true);
  }
  expect(existsSync(join(dist, 'run/gone.js'))).toBe(false);
  expect(existsSync(join(dist, 'gone'))).toBe(false);
  expect(await removeStaleOutputs(folder, dist)).toEqual([]);
});
