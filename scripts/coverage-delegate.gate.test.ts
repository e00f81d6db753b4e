import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { packagePaths } from './build/package-paths.mjs';

it('a default run comes to at least 95 % of the lines of our delegate', { timeout: 1_800_000 }, async () => {
  const script = join(packagePaths.root, 'scripts/coverage-delegate.mjs');
  const { exitCode, stdout } = await execa(process.execPath, [script], { reject: false, stdin: 'ignore' });
  expect(stdout).toMatch(/^delegate\/engine\/execute_engine\.cpp +\d+ +\d+ +9\d\.\d %/m);
  expect(exitCode).toBe(0);
});
