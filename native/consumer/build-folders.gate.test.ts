import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';

import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { findCMake } from '../../scripts/build/cmake.mjs';
import { locateExecuTorch } from '../../scripts/build/executorch.mjs';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

const { root, native, nativeBuild, dependencies } = packagePaths;
const isBuilt = existsSync(join(nativeBuild, 'libtensorrt_delegate.so'));
const folder = mkdtempSync(join(tmpdir(), 'folders-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/**
 * Configures `source` with the tools and the runtime of this package, and builds `targets` in
 * `build`.
 */
async function build(source: string, into: string, choices: readonly string[], targets: readonly string[]) {
  const { cmake, ninja } = await findCMake();
  const runtime = locateExecuTorch();
  if (!('found' in runtime)) throw new Error(runtime.missing.what);
  const common = [
    `-DCMAKE_MAKE_PROGRAM=${ninja}`,
    `-DEXECUTORCH_ROOT=${runtime.found.root}`,
    `-DWSB_NODE_API_HEADERS=${join(root, 'node_modules/node-api-headers')}`,
    `-DWSB_NODE_ADDON_API=${join(root, 'node_modules/node-addon-api')}`,
  ];
  await execa(cmake ?? '', ['-G', 'Ninja', '-S', source, '-B', into, ...common, ...choices]);
  await execa(cmake ?? '', ['--build', into, '--parallel', '2', '--target', ...targets]);
}

describe.skipIf(skippedWithout(isBuilt))('a build', () => {
  it('takes the delegate alone into that of another project', async () => {
    const into = join(folder, 'consumer');
    await build(join(native, 'consumer'), into, [`-DTRT_CONFORMANCE_SOURCE=${native}`], ['consumer']);
    expect((await execa(join(into, 'consumer'))).exitCode).toBe(0);
    expect(existsSync(join(into, 'trt_conformance/libtrtsim.so'))).toBe(false);
  });

  it('works in a folder with commas, blanks, quotes and dollar signs in its name', async () => {
    const copy = join(folder, `a, b's "c" $d`);
    const beside = ['scripts/build/wheels.json', 'conformance/catalogue/catalogue.json'];
    for (const source of [native, ...beside.map((file) => join(root, file))]) {
      const isKept = (file: string): boolean =>
        !file.startsWith(nativeBuild) && !file.startsWith(dependencies);
      const target = join(copy, relative(root, source));
      cpSync(source, target, { recursive: true, filter: isKept });
    }
    const into = join(copy, 'native/build');
    await build(join(copy, 'native'), into, [], ['cudart_13', 'mutant-accept-plus', 'wsb-reaper']);
    for (const file of ['sonames/libcudart.so.13', 'mutants/accept-plus/libtensorrt_delegate.so']) {
      expect(existsSync(join(into, file)), file).toBe(true);
    }
  });
});
