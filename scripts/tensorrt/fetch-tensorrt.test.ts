import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { fetchTensorRt } from './fetch-tensorrt.mjs';
import { tensorRtFolder } from './installed-tensorrt.mjs';

const CONTENT = { 'libnvinfer.so.0': 'abc'.repeat(100_000), 'libbuilder.so': 'kernels' };
const version = `0.${process.pid}`;
let folder: string;
let jar: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'jar-'));
  jar = path.join(folder, 'tensorrt.jar');
  await mkdir(path.join(folder, 'org'));
  for (const [name, content] of Object.entries({ ...CONTENT, 'other.so': 'not wanted' })) {
    await writeFile(path.join(folder, 'org', name), content);
  }
  await execa('python3', ['-m', 'zipfile', '-c', jar, 'org'], { cwd: folder });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(tensorRtFolder(version), { recursive: true, force: true });
});

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

async function fetch(builderLibrary: string, pin?: string): Promise<string> {
  const content = await readFile(jar);
  return fetchTensorRt({
    release: {
      version,
      artifactVersion: `${version}-1`,
      jar: { sha256: pin ?? sha256(content), bytes: content.length },
      runtimeLibrary: 'libnvinfer.so.0',
      builderLibraries: [builderLibrary],
    },
    jar,
    force: true,
    say: () => undefined,
  });
}

test('unpacks the libraries of a release, and nothing else, with a receipt', async () => {
  const to = await fetch('libbuilder.so');
  for (const [name, content] of Object.entries(CONTENT)) {
    expect(await readFile(path.join(to, name), 'utf8')).toBe(content);
  }
  await expect(readFile(path.join(to, 'other.so'))).rejects.toThrow('ENOENT');
  const receipt: unknown = JSON.parse(await readFile(path.join(to, 'tensorrt.json'), 'utf8'));
  const libraries = Object.entries(CONTENT).map(([name, content]) => ({
    name,
    bytes: content.length,
    sha256: sha256(content),
  }));
  expect(receipt).toMatchObject({ version, libraries });
});

test('takes no other file than the pinned one, and none without its libraries', async () => {
  await expect(fetch('libbuilder.so', 'f'.repeat(64))).rejects.toThrow('is another file than the pinned');
  await expect(fetch('libother.so')).rejects.toThrow('holds no libother.so');
});
