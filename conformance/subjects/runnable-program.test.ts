import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runnableProgram } from './runnable-program.js';

const folder = mkdtempSync(join(tmpdir(), 'runnable-'));
const [program, text, below] = ['program', 'text', 'folder'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

beforeAll(() => {
  for (const file of [program, text]) writeFileSync(file, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  mkdirSync(below);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('runnableProgram', () => {
  it('takes a path, and a name that is in a folder of PATH', () => {
    expect(runnableProgram(program, '')).toBe(program);
    expect(runnableProgram('program', `/nowhere:${folder}`)).toBe('program');
  });

  it.each([
    [join(folder, 'none'), /none cannot be started: there is no such file/],
    [text, /text cannot be started: it is not executable. Run chmod \+x on it/],
    [below, /folder cannot be started: it is not a file/],
    [join(program, 'below'), /below cannot be started: there is no such file/],
    ['text', /There is no program text on the PATH.*"exec:\.\/text"/],
    ['folder', /There is no program folder on the PATH/],
  ])('refuses %s and says what to do', (name, message) => {
    const refusal = expect.objectContaining({
      fault: 'absent',
      message: expect.stringMatching(message) as string,
    }) as Error;
    expect(() => runnableProgram(name, folder)).toThrow(refusal);
  });
});
