import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withProgramFile } from './read-program-file.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'program-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function textOf(file: string): string {
  return withProgramFile(file, (program) => new TextDecoder().decode(program.read(0, program.size)));
}

it('reads a plain file', () => {
  const file = join(folder, 'a.pte');
  writeFileSync(file, 'program');
  expect(textOf(file)).toBe('program');
});

it('refuses everything else at once, and says why', () => {
  const [pipe, nothing] = ['pipe', 'no\nthing'].map((name) => join(folder, name));
  execFileSync('mkfifo', [String(pipe)]);
  expect(() => textOf('/dev/zero')).toThrow('"/dev/zero" is not a plain file. Give the path');
  expect(() => textOf(String(pipe))).toThrow('is not a plain file');
  expect(() => textOf(folder)).toThrow('is not a plain file');
  expect(() => textOf(String(nothing))).toThrow('no\\nthing" cannot be read (ENOENT)');
});

it('leaves an error that has nothing to do with the file as it is', () => {
  const file = join(folder, 'a.pte');
  writeFileSync(file, 'program');
  expect(() =>
    withProgramFile(file, () => {
      throw new Error('a mistake');
    }),
  ).toThrow(/^a mistake$/);
});
