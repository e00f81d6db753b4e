import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capturedMain } from './captured-main.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const findings = (name: string): string => join(folder, name);

describe('fuzz', () => {
  it('finds a wrong rule by a program, which is a case to be replayed', async () => {
    const at = findings('wrong');
    const args = ['--target', 'program', '--subject', 'reference:set-twice', '--time', '1s', '--jobs', '1'];
    const found = await capturedMain('fuzz', ...args, '--findings', at);
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/^finding {2}program: .*; again: npx trt-conformance run --subject/m);
    const [file = ''] = readdirSync(join(at, 'program'));
    const again = ['run', '--no-config', '--case', join(at, 'program', file), '--subject'];
    expect((await capturedMain(...again, 'reference:set-twice')).code).toBe(1);
    expect((await capturedMain(...again, 'reference')).code).toBe(0);
  }, 60_000);

  it('finds nothing on what is right, and leaves no file', async () => {
    const at = findings('right');
    const args = ['--target', 'program', 'budget', '--subject', 'reference', '--time', '2s', '--no-native'];
    const { code, out, err } = await capturedMain('fuzz', ...args, '--findings', at);
    expect(out).toMatch(/^budget +TypeScript, guided by blocks +[\d,]+ /m);
    expect(out).toMatch(/0 findings\.\n$/);
    expect(err).toContain('The readers in C++ are left out');
    expect(code).toBe(0);
    expect(existsSync(at)).toBe(false);
  }, 60_000);

  it('shows what is read in one input', async () => {
    const file = join(folder, 'budget');
    writeFileSync(file, '007');
    const { code, out } = await capturedMain('fuzz', '--target', 'budget', '--replay', file);
    expect(out).toMatch(/^TypeScript {2}7$/m);
    expect(code).toBe(0);
  });

  it.each<[string, string[], RegExp]>([
    ['no such target', ['--target', 'nothing'], /There are: budget, blob/],
    ['a time of no unit', ['--time', '60'], /Give a number with its unit/],
    ['a replay on two targets', ['--target', 'blob', 'plan', '--replay', 'x'], /takes the one reader/],
    ['a replay of no file', ['--target', 'blob', '--replay', join('no', 'file')], /cannot be read/],
    ['a subject in this process', ['--target', 'program', '--subject', 'native'], /a program can end/],
  ])('refuses %s', async (_, args, message) => {
    const { code, err } = await capturedMain('fuzz', '--time', '1s', ...args);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});
