import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRecordedPlans } from '../../conformance/oracle/recorded.js';
import { loadSchemas } from '../../conformance/spec/schemas.js';
import { suiteRoot } from '../../conformance/suite-root.js';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { encodePlan } from '../../reference/index.js';

/*
 * Builds and runs the examples as their README says: on the TensorRT that WSB_TENSORRT_LIBRARY and
 * WSB_CUDART_LIBRARY name, otherwise on the simulated one, which a preloaded library prepares.
 */

const root = suiteRoot();
const build = join(root, 'native/build');
const scratch = mkdtempSync(join(tmpdir(), 'wsb-examples-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const readme = readFileSync(join(root, 'native/examples/README.md'), 'utf8');
const program = 'golden/exporter/one_engine_automatic.pte';
const delegate = 'native/build/libtensorrt_delegate.so';
/** float16, one row of 64. */
const OUTPUT_BYTES = 128;

const isReal = (process.env['WSB_TENSORRT_LIBRARY'] ?? '') !== '';
const plans = join(scratch, 'plans');
const preloaded = join(scratch, 'libsimulated_machine.so');
const simulated = {
  LD_PRELOAD: preloaded,
  SIMULATED_PLANS: plans,
  WSB_TENSORRT_LIBRARY: join(build, 'libnvinfer.so'),
  WSB_CUDART_LIBRARY: join(build, 'libcudart.so'),
};
const machine = isReal ? {} : simulated;

/** Runs the command of the README that makes `output`. */
async function make(output: string): Promise<string> {
  const command = readme.split('\n').find((line) => line.startsWith('g++') && line.endsWith(`-o ${output}`));
  if (command === undefined) throw new Error(`native/examples/README.md has no command for ${output}`);
  const file = join(scratch, output);
  await execa({ cwd: root, shell: true })(command.replace(`-o ${output}`, `-o ${file}`));
  return file;
}

describe.skipIf(skippedWithout(existsSync(join(root, delegate))))('the examples', () => {
  let executable = '';
  let library = '';
  let server = '';

  beforeAll(async () => {
    mkdirSync(plans);
    for (const { sha256, plan } of loadRecordedPlans(root, loadSchemas(root))) {
      writeFileSync(join(plans, sha256), encodePlan(plan));
    }
    const source = 'native/examples/testing/simulated_machine.cpp';
    const options = ['-std=c++17', '-O2', '-shared', '-fPIC', '-Wall', '-Wextra', '-Werror', '-Inative'];
    const link = ['native/build/libtrtsim.so', `-Wl,-rpath,${build}`, '-o', preloaded];
    await execa('g++', [...options, source, ...link], { cwd: root });
    [executable, library, server] = await Promise.all([
      make('run_program'),
      make('librun_program.so'),
      make('share_device'),
    ]);
  }, 120_000);

  const run = (file: string, args: readonly string[], env: Readonly<Record<string, string>> = machine) =>
    execa(file, args, { cwd: root, env, reject: false });
  const ways: readonly (readonly [string, (...args: string[]) => ReturnType<typeof run>])[] = [
    ['C++', (...args) => run(executable, [delegate, ...args])],
    ['Python', (...args) => run('python3', ['native/examples/run_program.py', library, delegate, ...args])],
  ];

  it.each(ways)('runs a program from %s, with an option and without', async (_, start) => {
    const chosen = await start(program);
    expect(chosen.exitCode).toBe(0);
    expect(chosen.stderr).toContain('streaming weights: budget 16384 of 16384 bytes');
    const given = await start(program, '8192');
    expect(given.stderr).toContain('streaming weights: budget 8192 of 16384 bytes');
    expect(given.stderr).toContain('(load-time option)');
    expect(given.stdout).toMatch(new RegExp(`^${OUTPUT_BYTES} bytes:( [0-9a-f]{2}){16} \\.\\.\\.$`));
    // The budget changes no bit of the result; a simulated engine computes none.
    if (isReal) expect(given.stdout).toBe(chosen.stdout);
  });

  it.each(ways)('ends with the error of a malformed budget from %s', async (_, start) => {
    const refused = await start(program, '8192x');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('weight_streaming_budget is malformed');
    expect(refused.stderr).toMatch(/error 35/);
  });

  it('gives the memory of one model to another, and back, while both serve', async () => {
    const other = 'golden/exporter/three_layers_256_budget_0_inline.pte';
    const { exitCode, stdout, stderr } = await run(server, [delegate, '16384', program, other]);
    expect(stdout.split('\n')).toEqual([
      `1 models: ${program} ends with 0`,
      `2 models: ${program} ends with 0`,
      `2 models: ${other} ends with 0`,
      `1 models: ${program} ends with 0`,
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('budget changed from 16384 to 8192 of 16384 bytes');
    expect(stderr).toContain('budget changed from 8192 to 16384 of 16384 bytes');
  });

  it('goes on with what it has when a model is not there, or the budget is none', async () => {
    const missing = await run(server, [delegate, '16384', program, 'nowhere.pte']);
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toMatch(/nowhere\.pte is not taken in: error \d+/);
    expect(missing.stdout).toBe(`1 models: ${program} ends with 0\n1 models: ${program} ends with 0`);
    const wrong = await run(server, ['native/build/libnvinfer.so', '1', program]);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toContain('the delegate cannot change budgets');
  });

  it('says what to do when there is no TensorRT', async () => {
    const without = { ...machine, WSB_TENSORRT_LIBRARY: '/nowhere/libnvinfer.so.10' };
    const { exitCode, stderr } = await run(executable, [delegate, program], without);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('/nowhere/libnvinfer.so.10');
    expect(stderr).toContain('Name the files of TensorRT and of the CUDA runtime in WSB_TENSORRT_LIBRARY');
    expect(stderr).toContain('error 32');
  });
});
