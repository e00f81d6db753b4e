import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctVariants } from '../catalogue/catalogue.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';

const root = suiteRoot();
const launcher = join(root, 'scripts/trt-conformance.mjs');
const built = ['dist/conformance/cli/main.js', 'native/build/conformance.node'].every((file) =>
  existsSync(join(root, file)),
);
const folder = mkdtempSync(join(tmpdir(), 'correct-variants-'));
const VARIANTS = correctVariants(root).map(({ name }) => name);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a delegate may do as it likes is held against none. */
describe.skipIf(skippedWithout(built))('a delegate that does otherwise what it may', () => {
  beforeAll(async () => {
    const chosen = VARIANTS.flatMap((name) => ['--mutant', name]);
    await execa(process.execPath, ['scripts/build.mjs', '--native-only', ...chosen], { cwd: root });
  });

  it.each(VARIANTS)('%s conforms', async (name) => {
    const report = ['--report', join(folder, name)];
    const size = ['--cases', '6000', '--decisions', '20000', '--jobs', '1'];
    const { exitCode, all } = await execa(
      process.execPath,
      [launcher, 'run', '--subject', `native:${name}`, ...size, ...report],
      { reject: false, all: true },
    );
    expect(exitCode, all).toBe(0);
    expect(all).toMatch(
      /The subject conforms to profile delegate \((\d+) of \1 MUST clauses demonstrated\)\./,
    );
  });
});
