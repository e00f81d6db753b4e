import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { loadRecordedPlans } from '../../conformance/oracle/recorded.js';
import { loadSchemas } from '../../conformance/spec/schemas.js';
import { suiteRoot } from '../../conformance/suite-root.js';
import { encodePlan } from '../../reference/index.js';

/*
 * In the environment that make_environment.py makes on request: where there is none, the
 * configuration of vitest leaves this file out.
 */

const root = suiteRoot();
const build = join(root, 'native/build');
const python = join(root, 'native/.deps/python/bin/python');
const scratch = mkdtempSync(join(tmpdir(), 'wsb-python-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** The verdicts of a run on the subject, by case. */
async function verdicts(filter: string): Promise<ReadonlyMap<string, string>> {
  const args = [
    'run',
    '--subject',
    'python',
    '--filter',
    filter,
    '--require=-delegate',
    '--cases',
    '0',
    '--report',
    scratch,
  ];
  const command = [join(root, 'scripts/trt-conformance.mjs'), ...args];
  const { exitCode, stdout } = await execa(process.execPath, command, { reject: false });
  expect(stdout).toContain('subject python (executorch 1.5.1, python 3.');
  // Of a part of the cases, and without options: it is incomplete at best.
  expect(exitCode).toBe(5);
  const lines = readFileSync(join(scratch, 'report.jsonl'), 'utf8').trimEnd().split('\n');
  const records = lines.map((line) => JSON.parse(line) as { record: string; id: string; verdict: string });
  return new Map(records.flatMap(({ record, id, verdict }) => (record === 'case' ? [[id, verdict]] : [])));
}

describe("our delegate in ExecuTorch's Python runtime", () => {
  it('loads and executes the programs of the released exporter', async () => {
    const found = await verdicts('golden/exporter/released/*');
    const passed = [...found].filter(([, verdict]) => verdict === 'pass').map(([id]) => id);
    expect(passed.sort()).toEqual(
      [
        'budget_key_with_nul',
        'budget_of_an_enum',
        'one_engine_on_device_automatic',
        'one_engine_on_device_budget_1000',
        'two_engines_on_device_budget_6000',
        'two_engines_on_host_budget_6000',
      ].map((name) => `golden/exporter/released/${name}/program,option=none`),
    );
    expect([...found.values()].filter((verdict) => verdict !== 'pass')).toEqual(
      Array.from({ length: found.size - passed.length }, () => 'unsupported'),
    );
  }, 120_000);

  it('conforms on devices, but for what is listed', async () => {
    const found = [...(await verdicts('WSB-DEV-*')).values()];
    expect(found.filter((verdict) => verdict === 'pass').length).toBeGreaterThan(80);
    expect(found.filter((verdict) => verdict === 'fail')).toEqual([]);
  }, 120_000);

  it('runs as the example says', async () => {
    const plans = join(scratch, 'plans');
    mkdirSync(plans);
    for (const { sha256, plan } of loadRecordedPlans(root, loadSchemas(root))) {
      writeFileSync(join(plans, sha256), encodePlan(plan));
    }
    const machine = join(scratch, 'libsimulated_machine.so');
    const source = 'native/examples/testing/simulated_machine.cpp';
    const link = ['native/build/libtrtsim.so', `-Wl,-rpath,${build}`, '-o', machine];
    await execa('g++', ['-std=c++17', '-O2', '-shared', '-fPIC', '-Inative', source, ...link], { cwd: root });
    const readme = readFileSync(join(root, 'native/examples/README.md'), 'utf8');
    const [, args] = /^native\/\.deps\/python\/bin\/python (.*)$/m.exec(readme) ?? [];
    expect(args).toContain('run_in_executorch.py');
    const env = {
      LD_PRELOAD: machine,
      SIMULATED_PLANS: plans,
      WSB_TENSORRT_LIBRARY: join(build, 'libnvinfer.so'),
      WSB_CUDART_LIBRARY: join(build, 'libcudart.so'),
    };
    const { stdout, stderr } = await execa(python, (args ?? '').split(' '), { cwd: root, env });
    expect(stdout).toBe('(1, 64) torch.float16');
    expect(stderr).toContain('streaming weights: budget 16384 of 16384 bytes');
  }, 120_000);
});
