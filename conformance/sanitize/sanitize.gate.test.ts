import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { racyBuilds, unsoundBuilds } from '../catalogue/catalogue.js';
import { nativeBuild } from '../native-home.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';

const root = suiteRoot();
const isBuilt = existsSync(join(nativeBuild(root), 'libtensorrt_delegate.so'));

/**
 * What each build of the catalogue is reported for; one errs without memory alone, which
 * native/host/failing-allocations.gate.test.ts sees to.
 */
const REPORTED: Readonly<Record<string, string>> = {
  'reads-past-the-end': 'AddressSanitizer: heap-buffer-overflow',
  'leaks-at-each-load': 'LeakSanitizer: detected memory leaks',
  'overflows-a-number': 'runtime error: signed integer overflow',
  'static-decision': 'ThreadSanitizer: data race',
};
const SHORT = 'leaks-when-memory-is-short';
/** Few cases: an error that each of them shows is looked into at each. */
const FEW = ['--cases', '0', '--decisions', '0', '--filter', 'WSB-APPLY-02', '--filter', 'hostile'];
const PARTS = ['canary', 'delegate', 'hostile'].flatMap((name) => ['--part', name]);

async function sanitize(...args: readonly string[]): Promise<{ code: number | undefined; out: string }> {
  const command = join(root, 'dist/conformance/sanitize/main.js');
  const { exitCode, all } = await execa(process.execPath, [command, ...args], {
    cwd: root,
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  return { code: exitCode, out: all };
}

describe.skipIf(skippedWithout(isBuilt))('npm run sanitize', () => {
  it.each(['address', 'thread'])('reports nothing of our delegate with the sanitizer %s', async (name) => {
    const { code, out } = await sanitize('--sanitizer', name, ...PARTS, ...FEW);
    expect(out).toMatch(new RegExp(`^${name} +hostile +16 files +0 +0 `, 'm'));
    // ExecuTorch ends with these files, and is told of.
    expect(out).toContain(`${name}, hostile: 9 reports not of ours: ExecuTorch itself reads`);
    expect(out).toContain(`${name}, hostile: 2 reports not of ours: ExecuTorch gives`);
    expect(code).toBe(0);
  });

  it.each(unsoundBuilds(root).filter(({ name }) => name !== SHORT))(
    'tells what $name does, and at which case',
    async ({ name }) => {
      const args = ['--sanitizer', 'address', '--part', 'delegate', '--part', 'hostile', '--mutant', name];
      const { code, out } = await sanitize(...args, ...FEW);
      expect(out).toContain(`REPORTED in delegate (${name}) with the sanitizer address`);
      expect(out).toContain(REPORTED[name] ?? 'nothing');
      expect(out).toContain(`native/build/asan/mutants/${name}/init_engine.cpp`);
      expect(out).toMatch(/^FAILED in delegate .*: case \S*WSB-APPLY-02\//m);
      expect(code).toBe(1);
    },
  );

  it.each(racyBuilds(root))('tells of the race of $name', async ({ name }) => {
    const { code, out } = await sanitize('--sanitizer', 'thread', '--part', 'threads', '--mutant', name);
    expect(out).toContain(`REPORTED in threads (${name}) with the sanitizer thread`);
    expect(out).toContain(REPORTED[name] ?? 'nothing');
    expect(code).toBe(1);
  });

  it('knows of each build what it is reported for', () => {
    const builds = [...unsoundBuilds(root), ...racyBuilds(root)].map(({ name }) => name);
    expect([...Object.keys(REPORTED), SHORT].sort()).toEqual(builds.sort());
  });
});
