import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

import { EXECUTORCH_WHEELS, locateExecuTorch } from './executorch.mjs';

it('pins a wheel for each platform by its sha256', () => {
  expect(Object.keys(EXECUTORCH_WHEELS)).toEqual(['linux-x64', 'linux-arm64']);
  for (const wheel of Object.values(EXECUTORCH_WHEELS)) expect(wheel?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

it('takes the folder that EXECUTORCH_ROOT names', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'executorch-'));
  for (const file of ['include/executorch/runtime/executor/program.h', 'lib/libexecutorch.so']) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), '');
  }
  expect(locateExecuTorch({ EXECUTORCH_ROOT: root })).toEqual({
    found: {
      origin: 'environment',
      root,
      includeDirs: [
        path.join(root, 'include'),
        path.join(root, 'include/executorch/runtime/core/portable_type/c10'),
      ],
      library: path.join(root, 'lib/libexecutorch.so'),
      flatc: null,
      schema: null,
    },
  });
  await rm(root, { recursive: true, force: true });
});

it('says so when EXECUTORCH_ROOT names something else', () => {
  const { missing } = locateExecuTorch({ EXECUTORCH_ROOT: '/nowhere' }) as { missing: { what: string } };
  expect(missing.what).toContain('EXECUTORCH_ROOT is "/nowhere"');
});
