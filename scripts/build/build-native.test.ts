import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { BuildError } from './build-errors.mjs';
import { buildNative, inspectNative } from './build-native.mjs';
import { packagePaths } from './package-paths.mjs';

const isBuilt = existsSync(join(packagePaths.nativeBuild, 'libtensorrt_delegate.so'));
const say = (): void => undefined;

describe.skipIf(skippedWithout(isBuilt))('buildNative', () => {
  it('does nothing the second time', async () => {
    await buildNative({ say, targets: ['trtsim'] });
    expect(await inspectNative(['trtsim'])).toBe('fresh');
    expect(await buildNative({ say, targets: ['trtsim'] })).toBe('fresh');
  }, 240_000);

  it('is stale with other flags', async () => {
    process.env['CXXFLAGS'] = '-DOTHER';
    expect(await inspectNative(['trtsim'])).toBe('stale');
    delete process.env['CXXFLAGS'];
    expect(await inspectNative(['trtsim'])).toBe('fresh');
  });

  it('names a target that there is not', async () => {
    await expect(buildNative({ say, targets: ['mutant-nope'] })).rejects.toThrow(
      new BuildError('There is no target "mutant-nope" in native/CMakeLists.txt or the catalogue.', ''),
    );
  });
});
