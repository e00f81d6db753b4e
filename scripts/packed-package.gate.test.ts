import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { execa } from 'execa';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packagePaths } from './build/package-paths.mjs';

/*
 * The package as it is published: packed, and installed in an empty folder with an empty HOME. npm
 * and pip need what this machine sets for them; nothing else of it is used.
 */

const { root } = packagePaths;
const scratch = mkdtempSync(join(tmpdir(), 'packed-'));
const folder = join(scratch, 'é, b c');
const installed = join(folder, 'node_modules/trt-delegate-conformance');
const env = { HOME: join(scratch, 'home'), XDG_CACHE_HOME: join(scratch, 'cache') };
let tarball = '';

/** A command of the installed package, in the folder that it was installed in. */
async function command(...args: readonly string[]) {
  const bin = join(folder, 'node_modules/.bin/trt-conformance');
  const { exitCode, stdout, stderr } = await execa(bin, args, { cwd: folder, env, reject: false });
  return { exitCode, stdout, stderr };
}

beforeAll(async () => {
  mkdirSync(folder);
  mkdirSync(env.HOME);
  const packed = await execa('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', scratch], {
    cwd: root,
  });
  const [{ filename } = { filename: '' }] = JSON.parse(packed.stdout) as { filename: string }[];
  tarball = join(scratch, filename);
  await execa('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: folder, env });
});

afterAll(() => {
  if (existsSync(installed)) chmodSync(join(installed, 'native'), 0o755);
  rmSync(scratch, { recursive: true });
});

describe('the packed package', () => {
  it('has no fault that publint or are-the-types-wrong finds', async () => {
    const { messages } = await publint({ pack: { tarball: bytesOf(tarball).buffer }, strict: true });
    expect(messages).toEqual([]);
    const analysis = await checkPackage(createPackageFromTarballData(bytesOf(tarball)));
    const problems = 'problems' in analysis ? analysis.problems : [{ kind: 'no types' }];
    // It is an ES module; require() of one is for Node 22.
    expect(problems.filter(({ kind }) => kind !== 'CJSResolvesToESM')).toEqual([]);
  });

  it('does what needs no native part at once', async () => {
    const program = join(installed, 'golden/exporter/two_engines_budget_8192.pte');
    expect((await command('explain', program)).stdout).toContain('8,192 bytes, from the compile-spec');
    expect((await command('list', 'clauses')).stdout).toContain('WSB-PARSE-01');
    expect(await command('spec', 'check')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await command('golden', 'check')).toMatchObject({ exitCode: 0, stderr: '' });
    const run = await command(
      'run',
      '--subject',
      'reference',
      '--filter',
      'WSB-PARSE-*',
      '--report',
      'first',
    );
    expect(run.exitCode).toBe(0);
    expect(await command('verify', 'first')).toMatchObject({ exitCode: 0 });
    const python = `exec:python3 ${JSON.stringify(join(installed, 'native/kit/subject.py'))}`;
    expect((await command('smoke', '--subject', python)).exitCode).toBe(0);
    expect((await command('doctor')).stdout).toMatch(/^missing +native part/m);
    expect(existsSync(join(installed, 'native/build'))).toBe(false);
  });

  it('has types for a program in TypeScript that checks its libraries, too', async () => {
    writeFileSync(
      join(folder, 'own.mts'),
      `import { clause, explainFile, fromSpec, openSubject, parseBudget, readReport, runSuite } from 'trt-delegate-conformance';
const parsed = parseBudget(new Uint8Array([0x35]));
export const budget: bigint = parsed.ok ? parsed.budget : 0n;
const explained = explainFile('model.pte');
export const names: string[] = explained.kind === 'program' ? explained.methods.map((method) => method.name) : [];
const { cases } = clause('WSB-PARSE-01').control('five', { spec: '5' }, fromSpec(5n));
const subject = await openSubject('reference');
export const verdicts: string[] = (await subject.run(cases)).map(({ verdict }) => verdict);
export const code: number = (await runSuite({ subject: 'reference' })).exitCode;
export const found: number = readReport('conformance-report').findings.length;
// @ts-expect-error There is no such profile.
await runSuite({ subject: 'reference', profile: 'none' });
`,
    );
    const compilerOptions = {
      ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true },
      ...{ module: 'nodenext', target: 'es2022', types: [] },
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['own.mts'] }));
    const tsc = join(root, 'node_modules/.bin/tsc');
    const checked = await execa(tsc, ['-p', '.'], { cwd: folder, reject: false });
    expect(checked.stdout).toBe('');
    expect(checked.exitCode).toBe(0);
    const inner = await execa(
      'node',
      ['-e', `import('trt-delegate-conformance/dist/conformance/cli/main.js')`],
      {
        cwd: folder,
        reject: false,
      },
    );
    expect(inner.stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('says what is missing, and what works without it, where there is no compiler', async () => {
    const bin = join(scratch, 'bin');
    mkdirSync(bin);
    await execa('ln', ['-s', process.execPath, join(bin, 'node')]);
    const cli = join(installed, 'scripts/trt-conformance.mjs');
    const { exitCode, stderr } = await execa('node', [cli, 'run'], {
      cwd: folder,
      env: { ...env, PATH: bin },
      reject: false,
    });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('No C++ compiler');
    expect(stderr).toContain('explain, list, spec check, report and verify work without it');
  });

  it('builds its native part on first need, once for two runs that come at once', async () => {
    const run = (report: string) => command('run', '--filter', 'WSB-PARSE-*', '--report', report);
    const runs = await Promise.all([run('one'), run('two')]);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const told = runs.map(({ stderr }) => stderr).join('\n');
    expect(told.match(/native part built in/g)).toHaveLength(1);
    process.stderr.write(`${/native part built in .*/.exec(told)?.[0] ?? ''}\n`);
    const again = await command('run', '--filter', 'WSB-APPLY-*', '--report', 'three');
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stderr).not.toContain('build:');
    expect((await command('doctor')).exitCode).toBe(0);
    expect(existsSync(env.XDG_CACHE_HOME)).toBe(false);
  }, 1_800_000);

  it('has a kit that compiles as its page says, and passes', async () => {
    const kit = [
      ['@native/kit/backend.args', '-o', join(folder, 'backend.so')],
      ['-std=c++17', '-O2', '-o', join(folder, 'subject'), 'native/kit/subject.cpp'],
    ];
    for (const args of kit) await execa('g++', args, { cwd: installed });
    for (const subject of ['so:./backend.so', 'exec:./subject']) {
      expect(await command('smoke', '--subject', subject)).toMatchObject({ exitCode: 0, stderr: '' });
    }
  });
});

function bytesOf(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(file));
}
