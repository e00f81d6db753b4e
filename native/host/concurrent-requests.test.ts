import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { racyBuilds } from '../../conformance/catalogue/catalogue.js';
import { suiteRoot } from '../../conformance/suite-root.js';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { buildNative } from '../../scripts/build/build-native.mjs';
import { packagePaths } from '../../scripts/build/package-paths.mjs';
import {
  concurrentRequests,
  type ConcurrentRequests,
  WITHOUT_ROOM,
} from '../../conformance/sanitize/concurrent-requests.js';

const build = packagePaths.nativeBuild;
const RACY = racyBuilds(suiteRoot()).map(({ name }) => name);
const isBuilt = existsSync(path.join(build, 'libtensorrt_delegate.so'));

describe.skipIf(skippedWithout(isBuilt))('threads that load, execute and unload at once', () => {
  let folder = '';
  let given: ConcurrentRequests;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'concurrent-'));
    given = concurrentRequests(WITHOUT_ROOM);
    await writeFile(path.join(folder, 'requests'), given.requests);
    await writeFile(path.join(folder, 'outcomes'), given.outcomes);
    const targets = ['concurrent-requests', ...RACY.map((name) => `mutant-${name}`)];
    await buildNative({ say: () => undefined, targets });
  }, 240_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  interface Ended {
    readonly code: number | undefined;
    /** The numbers of the requests that differ. */
    readonly out: string;
  }

  async function run(delegate: string, threads: number, seed: number): Promise<Ended> {
    const libraries = ['libnvinfer.so', 'libcudart.so', 'libtrtsim.so'].map((name) => path.join(build, name));
    const files = ['requests', 'outcomes'].map((name) => path.join(folder, name));
    const args = [path.join(build, delegate), ...libraries, ...files, String(threads), String(seed)];
    const driver = path.join(build, 'concurrent-requests');
    const { exitCode, stdout } = await execa(driver, args, { reject: false });
    return { code: exitCode, out: stdout };
  }

  it.each([1, 2, 3])('have the outcomes that each has alone, in the order of seed %d', async (seed) => {
    expect(await run('libtensorrt_delegate.so', 3, seed)).toEqual({ code: 0, out: '' });
  });

  it.each(RACY)('show a run that %s disturbs them, in its own clause and nowhere else', async (name) => {
    const scratch = path.join(folder, name);
    const all = [
      '--cases',
      '0',
      '--decisions',
      '0',
      '--depth',
      'program',
      '--jobs',
      '1',
      '--report',
      scratch,
    ];
    // Its library cannot be loaded beside that of another test.
    const command = path.join(suiteRoot(), 'scripts/trt-conformance.mjs');
    const argv = [command, 'run', '--subject', `native:${name}`, ...all];
    const { stdout: out } = await execa(process.execPath, argv, { reject: false });
    expect(out.match(/^WSB-[A-Z]+-\d+ .*$/gm)).toEqual([
      expect.stringMatching(/^WSB-LIFE-18 \(SHOULD\) Threads do not disturb each other/),
    ]);
    expect(out).toContain('violation: threads-differ');
  });

  it.each(RACY)('have others with %s, in the same way each time, and one thread has not', async (name) => {
    const delegate = `mutants/${name}/libtensorrt_delegate.so`;
    expect(await run(delegate, 1, 1)).toEqual({ code: 0, out: '' });
    const first = await run(delegate, 3, 1);
    expect(first.code).toBe(1);
    expect(await run(delegate, 3, 1)).toEqual(first);
  });
});
