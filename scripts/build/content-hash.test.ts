import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { hashOf, hashOfFiles, listFiles } from './content-hash.mjs';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hash-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('tells apart where one part ends and the next begins', () => {
  expect(hashOf(['ab', 'c'])).not.toBe(hashOf(['a', 'bc']));
  expect(hashOf(['ab', 'c'])).toBe(hashOf([Buffer.from('ab'), 'c']));
});

it('lists matching files of all depths, sorted, and none of a folder that is not there', async () => {
  await mkdir(path.join(folder, 'b'));
  for (const name of ['c.ts', 'b/a.ts', 'b/a.md']) await writeFile(path.join(folder, name), name);
  const files = await listFiles(folder, (file) => file.endsWith('.ts'));
  expect(files.map((file) => path.relative(folder, file))).toEqual(['b/a.ts', 'c.ts']);
  expect(await listFiles(path.join(folder, 'none'), () => true)).toEqual([]);
});

it('changes with the name and the content of a file, not with their order', async () => {
  const [a, b] = [path.join(folder, 'a'), path.join(folder, 'b')];
  await writeFile(a, '1');
  await writeFile(b, '2');
  const before = await hashOfFiles(folder, [a, b]);
  expect(await hashOfFiles(folder, [b, a])).toBe(before);
  await writeFile(b, '3');
  expect(await hashOfFiles(folder, [a, b])).not.toBe(before);
});
