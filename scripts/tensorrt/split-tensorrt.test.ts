import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { findPython } from '../build/python.mjs';
import { readInstalledTensorRt, writeReceipt } from './installed-tensorrt.mjs';
import { splitTensorRt } from './split-tensorrt.mjs';

const python = await findPython();
const xz = await execa('xz', ['--version'], { reject: false });
const RUNTIME = Buffer.concat([randomBytes(5000), Buffer.alloc(70_000, 'machine code')]);
const BUILDER = Buffer.concat([Buffer.alloc(9000, 'kernels'), randomBytes(3001)]);

let folder: string;
let libraries: string;
let pieces: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'split-'));
  libraries = path.join(folder, 'libraries');
  pieces = path.join(folder, 'pieces');
  await mkdir(libraries);
  const contents = { 'libnvinfer.so.10': RUNTIME, 'libnvinfer_builder_resource.so.10.6.0': BUILDER };
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(path.join(libraries, name), content);
  }
  await writeReceipt(libraries, {
    version: '10.6',
    artifact: 'group:name:version',
    libraries: Object.entries(contents).map(([name, content]) => ({
      name,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  });
});
afterEach(() => rm(folder, { recursive: true }));

async function split(options: { runtimeOnly?: boolean } = {}): Promise<string[]> {
  await splitTensorRt({
    from: libraries,
    to: pieces,
    pieceBytes: 1000,
    runtimeOnly: options.runtimeOnly ?? false,
    say: () => undefined,
  });
  return (await readdir(pieces)).filter((name) => name.startsWith('piece-')).sort();
}

async function join(target: string): Promise<{ exitCode: number | undefined; output: string }> {
  const script = path.join(pieces, 'join-tensorrt.py');
  const result = await execa(python?.command ?? 'python3', [script, target], { reject: false, all: true });
  return { exitCode: result.exitCode, output: result.all };
}

describe.skipIf(python === null || xz.failed)('libraries that are split', () => {
  test('come out of the join as they were, also a second time', async () => {
    const names = await split();
    expect(names.length).toBeGreaterThan(8);
    expect((await readFile(path.join(pieces, 'piece-00'))).length).toBe(1000);
    const target = path.join(folder, 'made/tensorrt-10.6');
    expect(await join(target)).toMatchObject({ exitCode: 0 });
    expect((await readFile(path.join(target, 'libnvinfer.so.10'))).equals(RUNTIME)).toBe(true);
    const builder = await readFile(path.join(target, 'libnvinfer_builder_resource.so.10.6.0'));
    expect(builder.equals(BUILDER)).toBe(true);
    expect(await readInstalledTensorRt(target)).toEqual(await readInstalledTensorRt(libraries));
    expect(await readdir(path.dirname(target))).toEqual(['tensorrt-10.6']);
    const again = await join(target);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.output).toContain('already');
  });

  test('can be the runtime alone', async () => {
    await split({ runtimeOnly: true });
    const target = path.join(folder, 'tensorrt-10.6');
    expect(await join(target)).toMatchObject({ exitCode: 0 });
    expect((await readdir(target)).sort()).toEqual(['libnvinfer.so.10', 'tensorrt.json']);
  });

  test('are not joined when a piece is missing', async () => {
    await split();
    await rm(path.join(pieces, 'piece-03'));
    const target = path.join(folder, 'tensorrt-10.6');
    const result = await join(target);
    expect(result.exitCode).toBe(4);
    expect(result.output).toMatch(/1 of \d+ pieces are not in .*: piece-03$/);
    expect(await readInstalledTensorRt(target)).toBeNull();
  });

  test('are not joined when a byte of a piece is another', async () => {
    await split();
    const file = path.join(pieces, 'piece-02');
    const content = await readFile(file);
    content[500] = (content[500] ?? 0) ^ 1;
    await writeFile(file, content);
    const result = await join(path.join(folder, 'tensorrt-10.6'));
    expect(result.exitCode).toBe(4);
    expect(result.output).toContain('damaged, bring them again: piece-02');
  });

  test('are not joined into a folder with anything else in it, such as their own', async () => {
    const names = await split();
    const target = path.join(folder, 'home');
    await mkdir(target);
    await writeFile(path.join(target, 'thesis.tex'), 'years');
    expect(await join(target)).toMatchObject({ exitCode: 4 });
    expect((await join(target)).output).toContain('holds other files (thesis.tex)');
    expect(await readdir(target)).toEqual(['thesis.tex']);
    expect(await join(pieces)).toMatchObject({ exitCode: 4 });
    expect((await readdir(pieces)).filter((name) => name.startsWith('piece-')).sort()).toEqual(names);
    expect(await join(path.join(target, 'thesis.tex'))).toMatchObject({ exitCode: 4 });
    expect(await readFile(path.join(target, 'thesis.tex'), 'utf8')).toBe('years');
  });

  test('replace what an earlier join left, when it is damaged', async () => {
    await split();
    const target = path.join(folder, 'tensorrt-10.6');
    expect(await join(target)).toMatchObject({ exitCode: 0 });
    await writeFile(path.join(target, 'libnvinfer.so.10'), 'cut');
    expect(await join(target)).toMatchObject({ exitCode: 0 });
    expect((await readFile(path.join(target, 'libnvinfer.so.10'))).equals(RUNTIME)).toBe(true);
  });

  test.each([
    ['half of one', () => '{"format": 1, "pieces": ['],
    ['none at all', () => '[]'],
    ['one without libraries', () => '{"format": 1, "pieces": []}'],
    ['one of another format', () => '{"format": 2}'],
    [
      'one that names files elsewhere',
      (text: string) => text.replace('libnvinfer.so.10', '../libnvinfer.so.10'),
    ],
    [
      'one that says too much of a piece',
      (text: string) => text.replace('"bytes": 1000', '"bytes": 1000000'),
    ],
  ])('are not joined by a damaged manifest: %s', async (_, change) => {
    await split();
    const file = path.join(pieces, 'manifest.json');
    await writeFile(file, change(await readFile(file, 'utf8')));
    const result = await join(path.join(folder, 'tensorrt-10.6'));
    expect(result.exitCode).toBe(4);
    expect(result.output).toMatch(/^join-tensorrt: /);
    expect((await readdir(folder)).sort()).toEqual(['libraries', 'pieces']);
  });

  test('never replace what is in a folder', async () => {
    await mkdir(pieces);
    await writeFile(path.join(pieces, 'notes.txt'), '');
    await expect(split()).rejects.toThrow('is not empty');
    expect(await readdir(pieces)).toEqual(['notes.txt']);
  });

  test('have to be there', async () => {
    await rm(path.join(libraries, 'libnvinfer.so.10'));
    await expect(split()).rejects.toThrow('no TensorRT libraries');
  });
});
