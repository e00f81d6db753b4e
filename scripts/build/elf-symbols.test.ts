import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

import { readElf } from './elf-symbols.mjs';
import { packagePaths } from './package-paths.mjs';

const readBuilt = async (name: string): Promise<ReturnType<typeof readElf>> =>
  readElf(await readFile(path.join(packagePaths.nativeBuild, name)));

describe('readElf', () => {
  it('reads name, needs and symbols of a library', async () => {
    const { soname, needed, symbols } = await readBuilt('libnvinfer.so');
    expect(soname).toBe('libnvinfer.so');
    expect(needed).toContain('libtrtsim.so');
    expect(symbols).toContainEqual({ name: 'createInferRuntime_INTERNAL', version: null, defined: true });
  });

  it('reads the versions that a library gives and asks for', async () => {
    const { symbols } = await readBuilt('sonames/libcudart.so.13');
    expect(symbols).toContainEqual({ name: 'cudaMalloc', version: 'libcudart.so.13', defined: true });
    const asked = symbols.find(({ name }) => name === 'memmove');
    expect(asked).toMatchObject({ defined: false });
    expect(asked?.version).toMatch(/^GLIBC_/);
  });

  it('agrees with nm', async () => {
    const file = path.join(packagePaths.nativeBuild, 'libexecutorch.so');
    const { stdout } = await execa('nm', ['-D', '--defined-only', file]);
    const names = stdout.split('\n').map((line) => line.split(' ').at(-1)?.replace(/@.*/, ''));
    const { symbols } = readElf(await readFile(file));
    expect(
      symbols
        .filter(({ defined }) => defined)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names.sort());
  });

  it('refuses what is no ELF file', () => {
    expect(() => readElf(Buffer.from('#!/bin/sh\n'))).toThrow(TypeError);
    expect(() => readElf(Buffer.from('\x7fELF\x02\x01', 'latin1'))).toThrow(RangeError);
  });
});
