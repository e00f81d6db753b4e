import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LARGEST_PROGRAM, readProgramFile } from './read-program-file.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'program-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('reads a plain file', () => {
  const file = join(folder, 'a.pte');
  writeFileSync(file, 'program');
  expect(new TextDecoder().decode(readProgramFile(file))).toBe('program');
});

it('refuses everything else at once, and says why', () => {
  const [pipe, large, nothing] = ['pipe', 'large', 'no\nthing'].map((name) => join(folder, name));
  execFileSync('mkfifo', [String(pipe)]);
  writeFileSync(String(large), '');
  truncateSync(String(large), LARGEST_PROGRAM + 1);
  expect(() => readProgramFile('/dev/zero')).toThrow('"/dev/zero" is not a plain file. Give the path');
  expect(() => readProgramFile(String(pipe))).toThrow('is not a plain file');
  expect(() => readProgramFile(folder)).toThrow('is not a plain file');
  expect(() => readProgramFile(String(large))).toThrow(
    'has 1073741825 bytes; a program of at most 1073741824',
  );
  expect(() => readProgramFile(String(nothing))).toThrow('no\\nthing" cannot be read (ENOENT)');
});
