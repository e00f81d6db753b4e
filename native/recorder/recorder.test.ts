import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { checkRecording } from '../../conformance/hardware/recordings/check-recording.js';
import { nativeSimulator } from '../../conformance/hardware/recordings/native-simulator.js';
import { parseRecording, type Recording } from '../../conformance/golden/recording.js';
import { loadRecordings } from '../../conformance/hardware/recordings/recording-files.js';
import { answerOnReference } from '../../conformance/hardware/recordings/reference-simulator.js';
import { loadSchemas } from '../../conformance/spec/schemas.js';
import { suiteRoot } from '../../conformance/suite-root.js';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import { encodePlan } from '../../reference/plan/encode-plan.js';
import { scriptedPlan, type Plan } from '../../reference/plan/plan.js';
import { buildNative } from '../../scripts/build/build-native.mjs';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

const BUILD = packagePaths.nativeBuild;
const RECORDER = path.join(BUILD, 'recorder');
const usable = existsSync(path.join(BUILD, 'libtrtsim.so'));
const root = suiteRoot();
const schemas = loadSchemas(root);
const folder = mkdtempSync(path.join(tmpdir(), 'recorder-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function planFile(name: string, plan: Partial<Plan>): string {
  const file = path.join(folder, name);
  const paging = { granuleBits: 21, context: 1, contextHeadroom: 1, weightsHeadroom: 1, loadHeadroom: 2 };
  const tensor = {
    dtype: 1,
    shape: [1n, 64n],
    shapeInference: false,
    profile: null,
    aliases: null,
  };
  const bindings = [
    { ...tensor, name: 'input_0', mode: 'input' as const },
    { ...tensor, name: 'output_0', mode: 'output' as const },
  ];
  writeFileSync(
    file,
    encodePlan(scriptedPlan({ kind: 'modelled', automatic: 0n, paging, bindings, ...plan })),
  );
  return file;
}

const STREAMED = planFile('streamed.plan', {
  streamable: 67_109_120n,
  scratch: 16_777_728n,
  activations: 1_057_280n,
});
const RESIDENT = planFile('resident.plan', { streamable: 0n, scratch: 0n, activations: 4096n });

async function record(tensorrt: string, engines: readonly string[], output: string): Promise<Recording> {
  const words = ['--tensorrt', tensorrt, '--gpu', 'simulated', '--driver', 'none', '--date', '2026-11-22'];
  const plans = engines.flatMap((engine) => ['--engine', engine]);
  const file = path.join(folder, output);
  await execa(RECORDER, [...words, ...plans, '--device-memory', '1073938432', '--output', file]);
  return parseRecording(readFileSync(file, 'utf8'), output, schemas);
}

describe.skipIf(skippedWithout(usable))('recorder', () => {
  beforeAll(() => buildNative({ say: () => undefined, targets: ['recorder', 'dying_nvinfer'] }), 240_000);

  test('says how it is used', async () => {
    const { stdout } = await execa(RECORDER, ['--help']);
    expect(stdout).toMatch(/^usage: recorder --tensorrt DIR/);
  });

  test.each([
    [['--fast'], 'there is no option --fast'],
    [['--gpu'], '--gpu needs a value'],
    [['--gpu', 'a "b"'], `--gpu can't be`],
    [['--engine', 'a'], `--engine can't be "a"`],
    [['--engine', '=a'], `--engine can't be "=a"`],
    [['--engine', 'A=a'], `--engine can't be "A=a"`],
    [['--device-memory', '0'], `--device-memory can't be "0"`],
    [['--tensorrt', BUILD], 'have to be given'],
  ])('refuses %j', async (words, message) => {
    const { exitCode, stderr } = await execa(RECORDER, words, { reject: false });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test.each([
    ['no TensorRT', ['--tensorrt', packagePaths.dependencies, '--replay'], 'cannot load'],
    ['no plan', ['--tensorrt', BUILD, '--engine', 'a=/nowhere', '--device-memory', '9'], 'does not load'],
  ])('ends with 4 for %s', async (_, words, message) => {
    const output = path.join(folder, 'never.jsonl');
    const rest = ['--gpu', 'a', '--driver', 'b', '--output', output];
    const { exitCode, stderr } = await execa(RECORDER, [...words, ...rest], { reject: false, input: '' });
    expect(exitCode).toBe(4);
    expect(stderr).toContain(message);
    expect(existsSync(output)).toBe(false);
    expect(existsSync(`${output}.part`)).toBe(false);
  });

  test('refuses a step that makes no sense', async () => {
    const options = { reject: false, input: 'begin\nfree 5\nfree\n' };
    const { exitCode, stderr } = await execa(RECORDER, ['--tensorrt', BUILD, '--replay'], options);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('the step "free" is not valid');
  });

  test('records what the reference answers as well', async () => {
    const recording = await record(BUILD, [`l8d2048b1=${STREAMED}`, `l1d16b1r=${RESIDENT}`], 'a.jsonl');
    expect(recording.header).toMatchObject({ tier: 'tensorrt', tensorrt: '11.1.0', date: '2026-11-22' });
    expect([...recording.engines.values()]).toMatchObject([
      { id: 'l8d2048b1', streamable: '67109120', scratch: '16777728', activations: '1057280' },
      { network: { layers: 1, dim: 16, batch: 1, streaming: false }, streamable: '0', scratch: '0' },
    ]);
    const result = await checkRecording(recording, (runs) => runs.map(answerOnReference));
    expect(result.differences).toEqual([]);
    expect(result.crashed).toEqual([]);
    expect(result.sequences).toBe(57 + 4);
    // The sequences go to both sides of every bound.
    const contexts = recording.sequences
      .filter(({ id }) => id.startsWith('l8d2048b1/context/budget=0/'))
      .map(({ calls }) => calls.find(({ call }) => call === 'createExecutionContext'));
    expect(contexts.filter((call) => call?.call === 'createExecutionContext' && call.ok)).toHaveLength(5);
    expect(contexts).toHaveLength(9);
  });

  test('records the end of a process, and goes on', async () => {
    const dying = mkdtempSync(path.join(folder, 'dying-'));
    for (const name of ['libcudart.so', 'libtrtsim.so', 'dying/libnvinfer.so']) {
      symlinkSync(path.join(BUILD, name), path.join(dying, path.basename(name)));
    }
    const recording = await record(dying, [`r=${RESIDENT}`], 'b.jsonl');
    const ends = recording.sequences.map(({ id, ended }) => [id, ended] as const);
    expect(ends.filter(([, ended]) => ended.kind === 'crashed')).toEqual([
      ['r/damaged', { kind: 'crashed', signal: 6 }],
    ]);
    expect(ends).toHaveLength(4);
    expect(ends[0]).toEqual(['r/budgets', { kind: 'ok' }]);
  }, 60_000);

  describe('asked for the answers of the simulated TensorRT', () => {
    const files = loadRecordings(root, schemas);

    test.each(files)('finds those of $name', async ({ recording }) => {
      const result = await checkRecording(recording, nativeSimulator(BUILD));
      expect(result.differences).toEqual([]);
      expect(result.compared).toBeGreaterThan(100);
    });

    test('finds a recording that is not true', async () => {
      const [file] = files.filter(({ name }) => name === 'tensorrt-10.6-h100.jsonl');
      if (file === undefined) throw new Error('the recording is missing');
      const [first, ...others] = file.recording.sequences;
      if (first === undefined) throw new Error('the recording is empty');
      const calls = first.calls.map((call) =>
        call.call === 'setWeightStreamingBudgetV2' && call.budget === '-1' ? { ...call, ok: true } : call,
      );
      const wrong = { ...file.recording, sequences: [{ ...first, calls }, ...others] };
      const { differences } = await checkRecording(wrong, nativeSimulator(BUILD));
      expect(differences).toMatchObject([
        {
          sequence: first.id,
          call: { call: 'setWeightStreamingBudgetV2', budget: '-1' },
          simulated: ['false'],
        },
      ]);
    });
  });
});
