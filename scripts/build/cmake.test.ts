import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pathWithNodeOnly, temporaryPackage, type TemporaryPackage } from '../testing/temporary-package.js';
import { WHEELS } from './wheels.mjs';

let made: TemporaryPackage;
let bin: string;

beforeAll(async () => {
  const script = `
import { findCMake } from './build/cmake.mjs';
process.stdout.write(JSON.stringify(await findCMake()));`;
  made = await temporaryPackage({ installed: true, files: { 'scripts/find.mjs': script } });
  bin = await pathWithNodeOnly(made.root);
});
afterAll(() => made.remove());

async function put(file: string, version: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho "${version}"\n`);
  await chmod(file, 0o755);
}

async function find(): Promise<unknown> {
  return JSON.parse((await made.run('find.mjs', [], { PATH: bin })).stdout);
}

describe('findCMake', () => {
  it('finds nothing where there is nothing', async () => {
    expect(await find()).toEqual({ cmake: null, ninja: null });
  });

  it('takes what is on the PATH when it is new enough', async () => {
    await put(path.join(bin, 'cmake'), 'cmake version 3.25.0');
    await put(path.join(bin, 'ninja'), '1.9.0');
    await put(path.join(bin, 'ninja-build'), '1.10.1');
    expect(await find()).toEqual({ cmake: 'cmake', ninja: 'ninja-build' });
    await put(path.join(bin, 'cmake'), 'cmake version 3.9.6');
    expect(await find()).toEqual({ cmake: null, ninja: 'ninja-build' });
    await put(path.join(bin, 'cmake'), 'cmake version 4.0.0');
    expect(await find()).toEqual({ cmake: 'cmake', ninja: 'ninja-build' });
  });

  it('takes the fetched one in place of one that is too old', async () => {
    await put(path.join(bin, 'cmake'), 'cmake version 3.22.1');
    const fetched = path.join(made.root, 'native/.deps', WHEELS.cmake.folder, 'bin/cmake');
    await put(fetched, 'cmake version 3.31.10');
    expect(await find()).toMatchObject({ cmake: fetched });
  });
});
