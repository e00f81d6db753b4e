import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';

import { skippedWithout } from '../conformance/testing/skipped-without.js';
import { buildNative } from '../scripts/build/build-native.mjs';
import { packagePaths } from '../scripts/build/package-paths.mjs';

const isBuilt = existsSync(join(packagePaths.nativeBuild, 'libtensorrt_delegate.so'));

describe.skipIf(skippedWithout(isBuilt))('the unit tests in C++', () => {
  it('pass', async () => {
    // Fails with the output of ctest when one of them does.
    await buildNative({ say: () => undefined, targets: ['check'] });
  }, 480_000);
});
