import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { AREAS } from '../../conformance/cases/all-cases.js';
import { racyBuilds } from '../../conformance/catalogue/catalogue.js';
import { suiteRoot } from '../../conformance/suite-root.js';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { packagePaths } from '../../scripts/build/package-paths.mjs';
import { concurrentRequests } from './testing/concurrent-requests.js';

const build = path.join(packagePaths.nativeBuild, 'tsan');
const isBuilt = existsSync(path.join(packagePaths.nativeBuild, 'libtensorrt_delegate.so'));
const RACY = racyBuilds(suiteRoot()).map(({ name }) => name);
/** What ThreadSanitizer ends a process with that has a race. */
const RACE = 66;

/** Host, delegate and simulator, all of them with ThreadSanitizer, on threads that run freely. */
describe.skipIf(skippedWithout(isBuilt))('threads that load, execute and unload at once', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'concurrent-'));
    const { requests, outcomes } = concurrentRequests(Object.keys(AREAS));
    await writeFile(path.join(folder, 'requests'), requests);
    await writeFile(path.join(folder, 'outcomes'), outcomes);
    const native = path.join(suiteRoot(), 'native');
    await execa('cmake', ['--preset', 'tsan'], { cwd: native });
    const targets = ['concurrent-requests', ...RACY.map((name) => `mutant-${name}`)];
    await execa('cmake', ['--build', '--preset', 'tsan', '--target', ...targets], { cwd: native });
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function run(delegate: string): Promise<{ code: number | undefined; all: string }> {
    const libraries = ['libnvinfer.so', 'libcudart.so', 'libtrtsim.so'].map((name) => path.join(build, name));
    const files = ['requests', 'outcomes'].map((name) => path.join(folder, name));
    const { exitCode, all } = await execa(
      path.join(build, 'concurrent-requests'),
      [path.join(build, delegate), ...libraries, ...files, '4'],
      { reject: false, all: true, env: { TSAN_OPTIONS: `exitcode=${RACE}` } },
    );
    return { code: exitCode, all };
  }

  it('have no race, and the outcomes that each has alone', async () => {
    expect(await run('libtensorrt_delegate.so')).toEqual({ code: 0, all: '' });
  });

  it.each(RACY)('have one with %s', async (name) => {
    const { code, all } = await run(`mutants/${name}/libtensorrt_delegate.so`);
    expect(code).toBe(RACE);
    expect(all).toContain('data race');
  });
});
