import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { pathWithNodeOnly, temporaryPackage, type TemporaryPackage } from './testing/temporary-package.js';

const SOURCES = {
  'tsconfig.json': '{}',
  'tsconfig.build.json': JSON.stringify({
    compilerOptions: { outDir: 'dist', rootDir: '.', types: [], lib: ['ES5'], module: 'NodeNext' },
    include: ['reference'],
  }),
  'reference/answer.ts': 'export const answer = 42;\n',
};

let made: TemporaryPackage | null = null;

async function make(...args: Parameters<typeof temporaryPackage>): Promise<TemporaryPackage> {
  made = await temporaryPackage(...args);
  return made;
}

afterEach(async () => {
  await made?.remove();
  made = null;
});

describe('npm prepare', () => {
  it('does nothing, silently, where no packages are installed', async () => {
    const { run } = await make({ installed: false, files: SOURCES });
    expect(await run('prepare.mjs', [])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('builds TypeScript, and ends with one message without compiler and Python', async () => {
    const { run, root } = await make({ installed: true, files: SOURCES });
    const { exitCode, stderr } = await run('prepare.mjs', [], { PATH: await pathWithNodeOnly(root) });
    expect(exitCode).toBe(0);
    expect(existsSync(path.join(root, 'dist/reference/answer.js'))).toBe(true);
    expect(stderr).toContain('the native part was not built');
    expect(stderr).toContain('No C++ compiler');
    expect(stderr).toContain('No Python');
    expect(stderr.split('\n')).toHaveLength(6);
  });

  it('never fails the install, whatever the sources are', async () => {
    const { run, root } = await make({
      installed: true,
      files: { ...SOURCES, 'reference/answer.ts': 'export const answer: string = 42;\n' },
    });
    const { exitCode, stderr } = await run('prepare.mjs', [], { PATH: await pathWithNodeOnly(root) });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('The TypeScript sources have errors');
    expect(existsSync(path.join(root, 'dist'))).toBe(false);
  });
});

describe('npm run build', () => {
  it('builds what it can, warns in one line, and does nothing the second time', async () => {
    const { run, root } = await make({ installed: true, files: SOURCES });
    const env = { PATH: await pathWithNodeOnly(root) };
    const first = await run('build.mjs', [], env);
    expect(first.exitCode).toBe(0);
    expect(first.stderr.split('\n')).toHaveLength(1);
    expect(first.stderr).toContain('the native part was not built');
    expect(existsSync(path.join(root, 'dist/reference/answer.js'))).toBe(true);
    expect(await run('build.mjs', ['--ts-only'], env)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('ends with 4 and the list when the native part is asked for and something is missing', async () => {
    const { run, root } = await make({ installed: true, files: SOURCES });
    const { exitCode, stderr } = await run('build.mjs', ['--native-only'], {
      PATH: await pathWithNodeOnly(root),
    });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('No C++ compiler');
    expect(stderr).toContain('No Python');
  });

  it('ends with 4 and the errors of the sources', async () => {
    const { run } = await make({
      installed: true,
      files: { ...SOURCES, 'reference/answer.ts': 'export const answer: string = 42;\n' },
    });
    const { exitCode, stderr } = await run('build.mjs', []);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('reference/answer.ts');
  });

  it('says so when EXECUTORCH_ROOT is wrong, and fetches nothing', async () => {
    const { run, root } = await make({ installed: true, files: SOURCES });
    const { exitCode, stderr } = await run('build.mjs', ['--native-only'], {
      PATH: process.env['PATH'] ?? '',
      EXECUTORCH_ROOT: '/nowhere',
    });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('EXECUTORCH_ROOT is "/nowhere"');
    expect(existsSync(path.join(root, 'native/.deps'))).toBe(false);
  });

  it('says so when pip reaches no index, and leaves nothing half-written', async () => {
    const { run, root } = await make({ installed: true, files: SOURCES });
    const { exitCode, stderr } = await run('build.mjs', ['--native-only'], {
      PATH: process.env['PATH'] ?? '',
      PIP_INDEX_URL: 'http://127.0.0.1:9',
      PIP_RETRIES: '0',
    });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/No (ExecuTorch runtime|C\+\+ compiler|Python|pip)/);
    const left = existsSync(path.join(root, 'native/.deps'))
      ? await readdir(path.join(root, 'native/.deps'))
      : [];
    expect(left).toEqual([]);
  });

  it('refuses options that it does not know', async () => {
    const { run } = await make({ installed: true, files: SOURCES });
    const { exitCode, stderr } = await run('build.mjs', ['--nativ-only']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('usage: npm run build');
  });
});
