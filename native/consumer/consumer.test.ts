import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';

import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { buildNative } from '../../scripts/build/build-native.mjs';
import { findCMake } from '../../scripts/build/cmake.mjs';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

const { native, nativeBuild } = packagePaths;
const isBuilt = existsSync(join(nativeBuild, 'libtensorrt_delegate.so'));
const folder = mkdtempSync(join(tmpdir(), 'consumer-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.skipIf(skippedWithout(isBuilt))('a project that finds the installed delegate', () => {
  it('builds, and runs wherever the install tree lies', async () => {
    await buildNative({ say: () => undefined, targets: ['tensorrt_delegate'] });
    const { cmake, ninja } = await findCMake();
    const [prefix, build] = [join(folder, 'an install tree'), join(folder, 'build')];
    await execa(cmake ?? '', ['--install', nativeBuild, '--prefix', prefix]);
    const choices = [`-DCMAKE_PREFIX_PATH=${prefix}`, `-DCMAKE_MAKE_PROGRAM=${ninja}`];
    await execa(cmake ?? '', ['-G', 'Ninja', '-S', join(native, 'consumer'), '-B', build, ...choices]);
    await execa(cmake ?? '', ['--build', build]);
    expect((await execa(join(build, 'consumer'))).exitCode).toBe(0);
  }, 240_000);
});
