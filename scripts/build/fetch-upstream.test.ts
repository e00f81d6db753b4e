import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { temporaryPackage, type TemporaryPackage } from '../testing/temporary-package.js';
import { DELEGATE_WHEEL, HEADERS_WHEEL } from './upstream.mjs';

describe('the wheels of the upstream delegate', () => {
  let folder = '';
  let temporary: TemporaryPackage;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'upstream-'));
    temporary = await temporaryPackage({
      installed: true,
      files: {
        'scripts/try-fetch.mjs': `
import { fetchUpstream } from './build/fetch-upstream.mjs';
await fetchUpstream(console.error).catch((error) => { console.error(error.message); process.exitCode = 4; });`,
      },
    });
  });
  afterAll(async () => {
    await temporary.remove();
    await rm(folder, { recursive: true });
  });

  const fetchWith = (wheel: string) =>
    temporary.run('try-fetch.mjs', [], { PATH: process.env['PATH'] ?? '', WSB_UPSTREAM_WHEEL: wheel });

  it.each([DELEGATE_WHEEL, HEADERS_WHEEL])('pins $project by its sha256', ({ sha256 }) => {
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes no other file than the pinned one', async () => {
    const file = path.join(folder, 'other.whl');
    await writeFile(file, 'something else');
    const { exitCode, stderr } = await fetchWith(file);
    expect(stderr).toContain(
      `${file} is not the wheel of torch-tensorrt-executorch-runtime 0.1.0 that is pinned`,
    );
    expect(exitCode).toBe(4);
  });

  it('says so when the file is not there', async () => {
    const { exitCode, stderr } = await fetchWith('/nowhere.whl');
    expect(stderr).toContain('there is no file /nowhere.whl');
    expect(stderr).toContain('let WSB_UPSTREAM_WHEEL name a file');
    expect(exitCode).toBe(4);
  });
});
