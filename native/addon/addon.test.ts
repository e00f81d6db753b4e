import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { decisionArbitrary } from '../../conformance/bench/naive-loop.js';
import { decodeDecisionOutcome } from '../../conformance/wire/decode-decision.js';
import { encodeDecision } from '../../conformance/wire/encode-decision.js';
import { ByteWriter } from '../../conformance/wire/byte-writer.js';
import { decodeOutcomes } from '../../conformance/wire/decode-outcome.js';
import { encodeRequest } from '../../conformance/wire/encode-request.js';
import type { NativeAddon } from '../../conformance/subjects/native-addon.js';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';
import {
  encodeBlob,
  encodePlan,
  scriptedPlan,
  writeProgram,
  type LoadRequest,
  type Plan,
} from '../../reference/index.js';
import type { DecisionCase, DecisionEngine } from '../../reference/rules/decide.js';
import { NO_LEAKS, type Outcome } from '../../reference/outcome/outcome.js';
import type { OptionsMap } from '../../reference/request/load-request.js';
import { packagePaths } from '../../scripts/build/package-paths.mjs';

const inBuild = (file: string) => path.join(packagePaths.nativeBuild, file);
const file = inBuild('conformance.node');
const config = {
  delegate: inBuild('libtensorrt_delegate.so'),
  tensorrt: inBuild('libnvinfer.so'),
  cudart: inBuild('libcudart.so'),
  simulator: inBuild('libtrtsim.so'),
};

const encoder = new TextEncoder();

const TRUE = { type: 'bool', value: true } as const;
const ENGINE: DecisionEngine = { streamable: 1n, automatic: 1n, setAnswers: [true], specs: [] };
const withSpec = (value: Uint8Array): DecisionEngine => ({ ...ENGINE, specs: [{ key: 'x', value }] });

function program(...engines: { plan?: Partial<Plan>; spec?: string }[]): Uint8Array {
  const delegates = engines.map(({ plan, spec }) => ({
    backend: 'TensorRTBackend',
    placement: 'segment' as const,
    data: encodeBlob({ engine: encodePlan(scriptedPlan(plan)) }),
    compileSpecs: spec === undefined ? [] : [{ key: 'weight_streaming_budget', value: encoder.encode(spec) }],
  }));
  return writeProgram({ methods: [{ name: 'forward', delegates }] });
}

function request(overrides: Partial<LoadRequest> = {}): LoadRequest {
  return {
    program: program({ spec: '100' }),
    verification: 'minimal',
    device: { totalBytes: 1n << 30n, freeBytes: 1n << 30n, faults: [] },
    module: null,
    steps: [{ op: 'load', method: 'forward', options: null }],
    ...overrides,
  };
}

function encode(...requests: LoadRequest[]): Uint8Array {
  const writer = new ByteWriter();
  for (const each of requests) encodeRequest(writer, each);
  return writer.view();
}

const optionsFor = (backend: string, text: string): OptionsMap => [
  {
    backend,
    via: 'builder',
    options: [{ key: 'weight_streaming_budget', value: { type: 'string', bytes: encoder.encode(text) } }],
  },
];

describe.skipIf(skippedWithout(existsSync(file)))('conformance.node', () => {
  let addon: NativeAddon;
  beforeAll(() => {
    addon = createRequire(import.meta.url)(file) as NativeAddon;
  });
  const run = (...requests: LoadRequest[]): Outcome[] => decodeOutcomes(addon.run(encode(...requests)));
  const runOne = (overrides: Partial<LoadRequest> = {}): Outcome => {
    const [outcome] = run(request(overrides));
    if (outcome === undefined) throw new Error('There is no outcome.');
    return outcome;
  };

  it('has to be opened first', () => {
    expect(() => addon.run(new Uint8Array())).toThrow(expect.objectContaining({ code: 'ERR_NOT_OPEN' }));
  });

  it('opens one set of libraries a process', () => {
    addon.open(config);
    addon.open(config);
    const other = { ...config, delegate: inBuild('mutants/other.so') };
    expect(() => {
      addon.open(other);
    }).toThrow(expect.objectContaining({ code: 'ERR_OPEN' }));
    expect(() => {
      addon.open({ ...config, cudart: 'relative.so' });
    }).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG' }));
    expect(addon.versions()).toEqual({ executorch: '1.5.1', simulator: 110100 });
  });

  it('runs nothing for nothing', () => {
    expect(run()).toEqual([]);
  });

  it('reports source, applied budget and calls', () => {
    expect(runOne()).toEqual({
      program: { kind: 'ok' },
      steps: [{ kind: 'ok', warned: false }],
      engines: [
        {
          step: 0,
          source: 'compile-spec',
          applied: 100n,
          calls: [
            { call: 'deserializeCudaEngine', ok: true },
            { call: 'setWeightStreamingBudgetV2', budget: 100n, ok: true },
            { call: 'createExecutionContext', ok: true },
          ],
        },
      ],
      leaks: NO_LEAKS,
      violations: [],
    });
  });

  it('tells the engines and the steps of a batch apart', () => {
    const load = { op: 'load', method: 'forward', options: null } as const;
    const [first, second] = run(
      request({ program: program({ spec: '1' }, { spec: '2' }), steps: [load, load] }),
      request({ program: program({ plan: { streamable: 0n } }) }),
    );
    expect(first?.engines.map(({ step, applied }) => [step, applied])).toEqual([
      [0, 1n],
      [0, 2n],
      [1, 1n],
      [1, 2n],
    ]);
    expect(second?.engines.map(({ source, applied }) => [source, applied])).toEqual([[null, null]]);
  });

  it('passes options through a program and through a module', () => {
    const options = optionsFor('TensorRTBackend', '7');
    const byStep = runOne({ steps: [{ op: 'load', method: 'forward', options }] });
    const byModule = runOne({ module: { options } });
    const none = runOne({ module: { options }, steps: [{ op: 'load', method: 'forward', options: [] }] });
    expect(byStep.engines[0]).toMatchObject({ source: 'option', applied: 7n });
    expect(byModule.engines[0]).toMatchObject({ source: 'option', applied: 7n });
    expect(none.engines[0]).toMatchObject({ source: 'compile-spec', applied: 100n });
  });

  it('notices that the delegate warns', () => {
    const { steps } = runOne({ program: program({ spec: '+1' }) });
    expect(steps).toEqual([{ kind: 'rejected', phase: 'load', error: 'InvalidProgram', warned: true }]);
  });

  it('reports options that ExecuTorch does not take, and loads nothing', () => {
    const options = Array.from({ length: 9 }, (_, n) => optionsFor(`Backend${n}`, '1')).flat();
    const step = runOne({ steps: [{ op: 'load', method: 'forward', options }] });
    expect(step.steps).toEqual([
      { kind: 'rejected', phase: 'options', error: 'InvalidArgument', warned: false },
    ]);
    expect(step.engines).toEqual([]);
    const module = runOne({ module: { options } });
    expect(module).toMatchObject({ program: { kind: 'rejected', error: 'InvalidArgument' }, steps: [] });
  });

  it.each([null, { options: null }])('loads, executes and unloads (module: %o)', (module) => {
    const { steps, engines, leaks } = runOne({
      module,
      steps: [
        { op: 'execute', method: 'forward' },
        { op: 'unload', method: 'forward' },
        { op: 'load', method: 'forward', options: null },
        { op: 'execute', method: 'forward' },
        { op: 'unload', method: 'forward' },
        { op: 'execute', method: 'forward' },
        { op: 'load', method: 'backward', options: null },
      ],
    });
    const notLoaded = { kind: 'rejected', phase: 'execute', error: 'InvalidState', warned: false };
    const ok = { kind: 'ok', warned: false };
    const unknown = { kind: 'rejected', phase: 'load', error: 'InvalidArgument', warned: false };
    expect(steps).toEqual([notLoaded, ok, ok, ok, ok, notLoaded, unknown]);
    expect(engines[0]?.calls.at(-1)).toEqual({ call: 'enqueueV3', ok: true });
    expect(leaks).toEqual(NO_LEAKS);
  });

  it('rejects a damaged program', () => {
    const damaged = runOne({ program: program({}).subarray(0, 70) });
    expect(damaged).toMatchObject({ program: { kind: 'rejected', error: 'InvalidProgram' }, steps: [] });
    const empty = runOne({ program: new Uint8Array() });
    expect(empty.program).toEqual({ kind: 'rejected', error: 'InvalidArgument' });
  });

  it('lets device calls fail where the request says so', () => {
    const faults = [{ call: 'createInferRuntime', occurrence: 2 } as const];
    const { steps, leaks } = runOne({ device: { totalBytes: 1n, freeBytes: 1n, faults } });
    expect(steps).toMatchObject([{ kind: 'rejected', error: 'InvalidProgram' }]);
    expect(leaks).toEqual(NO_LEAKS);
  });

  it('refuses a batch that is cut anywhere', () => {
    const batch = encode(request());
    for (let size = 1; size < batch.length; size++) {
      expect(() => addon.run(batch.slice(0, size))).toThrow(expect.objectContaining({ code: 'ERR_WIRE' }));
    }
    expect(() => addon.run(Uint8Array.of(...batch, 0))).toThrow(/request record 1, at byte/);
  });

  it('survives every change of a byte before the program', () => {
    const options = optionsFor('TensorRTBackend', '7');
    const small = request({ program: new Uint8Array(), module: { options } });
    const batch = encode(small).slice();
    for (let at = 4; at < batch.length; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const changed = batch.slice();
        changed[at] = value;
        try {
          expect(decodeOutcomes(addon.run(changed))).toHaveLength(1);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_WIRE' });
        }
      }
    }
  });

  it('refuses arguments of another type', () => {
    const untyped = addon as unknown as Record<string, (...args: unknown[]) => unknown>;
    expect(() => untyped['run']?.('text')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG' }));
    expect(() => untyped['open']?.()).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG' }));
    expect(() => {
      addon.recordPlan(new Uint8Array(31), new Uint8Array());
    }).toThrow(/32 bytes/);
    expect(() => {
      addon.recordPlan(new Uint8Array(32), new Uint8Array(64));
    }).toThrow(/malformed/);
  });

  it('decides a case given as objects as it decides its record', () => {
    for (const drawn of fc.sample(decisionArbitrary(), { numRuns: 300, seed: 7 })) {
      const writer = new ByteWriter();
      encodeDecision(writer, drawn);
      const outcome = new Uint8Array(2 * writer.length);
      addon.decide(writer.view(), outcome);
      expect(addon.decideCase(drawn)).toEqual(decodeDecisionOutcome(outcome, 0));
    }
  });

  it.each<[name: string, decisionCase: unknown]>([
    ['no object', 7],
    ['no engines', { options: [] }],
    ['no engine at all', { options: [], engines: [] }],
    ['an option that is none', { options: [7], engines: [ENGINE] }],
    ['an option of another type', { options: [{ key: 'x', value: { type: 'float' } }], engines: [ENGINE] }],
    [
      'an int that is text',
      { options: [{ key: 'x', value: { type: 'int', value: '7' } }], engines: [ENGINE] },
    ],
    ['a key too long for an option', { options: [{ key: 'x'.repeat(64), value: TRUE }], engines: [ENGINE] }],
    ['a key too long for a record', { options: [{ key: 'x'.repeat(256), value: TRUE }], engines: [ENGINE] }],
    ['too many engines', { options: [], engines: Array(65).fill(ENGINE) }],
    ['a size beyond int64', { options: [], engines: [{ ...ENGINE, streamable: 1n << 63n }] }],
    ['a size that is a number', { options: [], engines: [{ ...ENGINE, streamable: 1 }] }],
    ['a value beyond a record', { options: [], engines: [withSpec(new Uint8Array(65_536))] }],
    ['values beyond a record', { options: [], engines: Array(3).fill(withSpec(new Uint8Array(30_000))) }],
  ])('refuses a case given as objects with %s', (_, decisionCase) => {
    expect(() => addon.decideCase(decisionCase as DecisionCase)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG' }),
    );
  });

  it('gives the same outcomes whatever ran before, in memory that does not grow', () => {
    const requests = ['0', '1', '+1', '1024', '99999', ''].map((spec) =>
      request({ program: program({ spec }) }),
    );
    const batch = encode(...requests).slice();
    const first = addon.run(batch);
    for (let n = 0; n < 200; n++) addon.run(batch);
    const before = process.memoryUsage.rss();
    for (let n = 0; n < 2000; n++) addon.run(batch);
    expect(process.memoryUsage.rss() - before).toBeLessThan(16 << 20);
    expect(addon.run(batch)).toEqual(first);
    expect(run(...requests.toReversed())).toEqual(decodeOutcomes(first).toReversed());
  });

  it('runs in worker threads at the same time', async () => {
    const batch = encode(request(), request({ program: program({ spec: '+1' }) })).slice();
    const expected = addon.run(batch);
    const source = `
      const { parentPort, workerData } = require('node:worker_threads');
      const addon = require(workerData.file);
      addon.open(workerData.config);
      let last;
      for (let n = 0; n < 2000; n++) last = addon.run(workerData.batch);
      parentPort.postMessage(last);`;
    const answers = [1, 2].map(
      () =>
        new Promise<unknown>((resolve, reject) => {
          const worker = new Worker(source, { eval: true, workerData: { file, config, batch } });
          worker.once('message', resolve).once('error', reject);
        }),
    );
    for (let n = 0; n < 500; n++) addon.run(batch);
    expect(await Promise.all(answers)).toEqual([expected, expected]);
  });
});
