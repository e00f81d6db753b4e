import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../conformance/suite-root.js';
import { skippedWithout } from '../conformance/testing/skipped-without.js';

const root = suiteRoot();
const scratch = mkdtempSync(join(tmpdir(), 'executorch-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const start = (...args: readonly string[]) =>
  execa(process.execPath, [join(root, 'scripts/executorch.mjs'), ...args], { cwd: root, reject: false });

describe('npm run executorch', () => {
  it.each([
    [['--executorch', '1.3.0'], 'No subject has ExecuTorch 1.3.0.'],
    [['--nothing'], "Unknown option '--nothing'"],
  ])('refuses %j', async (args, why) => {
    const { exitCode, stderr } = await start(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(why);
    expect(stderr).toContain('1.4.1   native-1.4.1, upstream, upstream-runner');
  });

  it.skipIf(skippedWithout(existsSync(join(root, 'native/build/conformance.node'))))(
    'says which ExecuTorch a subject has really loaded',
    async () => {
      const args = ['--executorch', '1.5.1', '--report', scratch, '--', '--filter', 'WSB-DEV-07'];
      const { exitCode, stdout } = await start(...args);
      expect(stdout).toMatch(/^1\.5\.1 {3}native +kept$/m);
      expect(exitCode).toBe(0);
    },
    120_000,
  );
});
