import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

import { locateExecuTorch } from './executorch.mjs';

it('takes the folder that EXECUTORCH_ROOT names', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'executorch-'));
  for (const file of ['include/executorch/runtime/executor/program.h', 'lib/libexecutorch.so']) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), '');
  }
  expect(locateExecuTorch({ EXECUTORCH_ROOT: root })).toEqual({
    found: {
      root,
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
