import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';

import { packagePaths } from './build/package-paths.mjs';

import {
  pathWithNodeOnly,
  type ScriptResult,
  temporaryPackage,
  type TemporaryPackage,
} from './testing/temporary-package.js';

let made: TemporaryPackage | null = null;

async function make(...args: Parameters<typeof temporaryPackage>): Promise<TemporaryPackage> {
  made = await temporaryPackage(...args);
  return made;
}

afterEach(async () => {
  await made?.remove();
  made = null;
});

describe('trt-conformance before it is built', () => {
  it('says what to do, and ends with 4', async () => {
    const { run } = await make({ installed: true });
    const { exitCode, stderr } = await run('trt-conformance.mjs', ['run']);
    expect(exitCode).toBe(4);
    expect(stderr).toBe(
      'trt-conformance is not built yet. Run npm run build, or npm ci when nothing is installed yet.',
    );
  });

  it('says that packages are missing, doctor too', async () => {
    const { run } = await make({ installed: false });
    const { exitCode, stderr } = await run('trt-conformance.mjs', ['doctor']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('Run npm ci.');
    expect(stderr).not.toContain('    at ');
  });
});

describe('trt-conformance when it is built', () => {
  it('passes arguments on, and ends with the exit code that it gets', async () => {
    const main = 'export const main = async (argv) => argv.length + 40;';
    const { run } = await make({ installed: true, files: { 'dist/conformance/cli/main.js': main } });
    expect((await run('trt-conformance.mjs', ['a', 'b'])).exitCode).toBe(42);
  });

  it('says what to do where too few files may be open', async () => {
    const script = join(packagePaths.root, 'scripts/trt-conformance.mjs');
    const { exitCode, stderr } = await execa(
      'sh',
      ['-c', 'ulimit -n 40; exec "$0" "$@"', process.execPath, script, 'list', 'clauses'],
      { reject: false },
    );
    expect(stderr).toMatch(/^error: EMFILE: .*\nAllow more open files, such as with ulimit -n 1024\.$/);
    expect(exitCode).toBe(4);
  });

  it('tells a missing package from a mistake', async () => {
    const main = `import 'no-such-package-at-all';\nexport const main = async () => 0;`;
    const { run } = await make({ installed: true, files: { 'dist/conformance/cli/main.js': main } });
    const { exitCode, stderr } = await run('trt-conformance.mjs', []);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('no-such-package-at-all');
  });
});

describe('trt-conformance doctor', () => {
  it('lists all that is missing on a machine with nothing but Node, and how to get it', async () => {
    const { run, root } = await make({ installed: true, files: { 'tsconfig.build.json': '{}' } });
    const env = { PATH: await pathWithNodeOnly(root) };
    const { exitCode, stdout } = await run('trt-conformance.mjs', ['doctor'], env);
    expect(exitCode).toBe(4);
    for (const line of [
      /^ok +Node /m,
      /^missing +TypeScript build /m,
      /^missing +C\+\+17 compiler +No C\+\+ compiler/m,
      /^missing +CMake and Ninja /m,
      /^missing +Python with pip +No Python/m,
      /^missing +ExecuTorch runtime /m,
      /^missing +native part /m,
      /→ Debian\/Ubuntu: apt-get install g\+\+/,
    ]) {
      expect(stdout).toMatch(line);
    }
  });

  it('writes the same as JSON', async () => {
    const { run, root } = await make({ installed: true });
    const env = { PATH: await pathWithNodeOnly(root) };
    const { exitCode, stdout } = await run('trt-conformance.mjs', ['doctor', '--json'], env);
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      ready: false,
      components: [
        { id: 'node', status: 'ok', needed: true, remedy: null },
        { id: 'typescript', status: 'missing' },
        { id: 'folder', status: 'ok', needed: true, remedy: null },
        { id: 'compiler', status: 'missing', needed: true },
        { id: 'cmake', status: 'missing', needed: true },
        { id: 'python', status: 'missing', needed: true },
        { id: 'executorch', status: 'missing' },
        { id: 'native', status: 'missing' },
      ],
    });
  });

  it('says that another user cannot build, and so does the build', async () => {
    const { root } = await make({
      installed: true,
      files: { 'tsconfig.json': '{}', 'native/build/kept': '' },
    });
    await chmod(dirname(root), 0o755);
    await chmod(root, 0o555);
    await chmod(join(root, 'native/build'), 0o555);
    // The root user may write everywhere.
    const other = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const asOther = async (script: string, ...args: string[]): Promise<ScriptResult> => {
      const file = join(root, 'scripts', script);
      const { exitCode, stdout, stderr } = await execa('node', [file, ...args], { reject: false, ...other });
      return { exitCode, stdout, stderr };
    };
    const doctor = await asOther('trt-conformance.mjs', 'doctor');
    expect(doctor.exitCode).toBe(4);
    expect(doctor.stdout).toMatch(/^missing +folder to build in +the folder of the suite cannot be written/m);
    expect(doctor.stdout).toContain('→ build as the user who owns it');
    const build = await asOther('build.mjs', '--native-only');
    expect(build.exitCode).toBe(4);
    expect(build.stderr).not.toContain('    at ');
    await chmod(root, 0o755);
    await chmod(join(root, 'native/build'), 0o755);
  });

  it('shows what a terminal would obey by its number', async () => {
    const { run, root } = await make({ installed: true });
    const env = { PATH: await pathWithNodeOnly(root), EXECUTORCH_ROOT: '/no\x1b[2J\nok  everything' };
    const { stdout } = await run('trt-conformance.mjs', ['doctor'], env);
    expect(stdout).toContain('/no\\x1b[2J\\x0aok');
    expect(stdout).not.toMatch(/[^\P{C}\n]/u);
  });

  it('refuses options that it does not know', async () => {
    const { run } = await make({ installed: true });
    const { exitCode, stderr } = await run('trt-conformance.mjs', ['doctor', '--jason']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('usage: trt-conformance doctor [--json]');
  });
});
