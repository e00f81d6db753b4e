import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { temporaryPackage, type TemporaryPackage } from '../testing/temporary-package.js';
import { WHEELS } from './wheels.mjs';

describe('requireWheel', () => {
  let folder = '';
  let temporary: TemporaryPackage;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'upstream-'));
    temporary = await temporaryPackage({
      installed: true,
      files: {
        'scripts/try-fetch.mjs': `
import { requireWheel, WHEELS } from './build/wheels.mjs';
const [name, file] = process.argv.slice(2);
await requireWheel(WHEELS[name], console.error, file).catch((error) => { console.error(error.message); process.exitCode = 4; });`,
      },
    });
  });
  afterAll(async () => {
    await temporary.remove();
    await rm(folder, { recursive: true });
  });

  const fetchWith = (wheel: string) => temporary.run('try-fetch.mjs', ['upstream', wheel]);

  it.each(Object.entries(WHEELS))('pins %s by its sha256 for each platform', (name, { platforms }) => {
    const upstream = name.startsWith('upstream');
    expect(Object.keys(platforms)).toEqual(upstream ? ['linux-x64'] : ['linux-x64', 'linux-arm64']);
    for (const pin of Object.values(platforms)) expect(pin?.sha256).toMatch(/^[0-9a-f]{64}$/);
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
