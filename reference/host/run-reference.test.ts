import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BlobMetadata } from '../blob/blob-metadata.js';
import { decodeBlob } from '../blob/decode-blob.js';
import { encodeBlob } from '../blob/encode-blob.js';
import { NO_LEAKS, type EngineOutcome, type Outcome } from '../outcome/outcome.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan, type Plan, type PlanBinding } from '../plan/plan.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { craftFlatbuffer } from '../program/craft-flatbuffer.js';
import { PROGRAM_LAYOUT } from '../program/flatbuffer-layout.js';
import type { DelegateSpec } from '../program/program-spec.js';
import { readProgram } from '../program/read-program.js';
import { writeProgram } from '../program/write-program.js';
import type { Device, Fault, LoadRequest, OptionsMap, Step } from '../request/load-request.js';
import { CONTEXT_MARGIN, RESIDENT_MARGIN } from '../rules/fitting-budget.js';
import { rulesUnder, STANDARD_RULES, type Rules } from '../rules/rules.js';
import { runReference } from './run-reference.js';
import { UndefinedBehaviourError } from './undefined-behaviour-error.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Engine extends Partial<Plan> {
  spec?: string;
  metadata?: Partial<BlobMetadata>;
  data?: Uint8Array;
  backend?: string;
}

const delegate = ({ spec, metadata, data, backend, ...plan }: Engine = {}): DelegateSpec & {
  data: Uint8Array;
} => ({
  backend: backend ?? 'TensorRTBackend',
  placement: 'segment',
  data: data ?? encodeBlob({ metadata: metadata ?? {}, engine: encodePlan(scriptedPlan(plan)) }),
  compileSpecs: spec === undefined ? [] : [{ key: BUDGET_KEY, value: bytes(spec) }],
});
const program = (...engines: Engine[]): Uint8Array =>
  writeProgram({ methods: [{ name: 'forward', delegates: engines.map(delegate) }] });

const option = (value: string | number): OptionsMap => [
  {
    backend: 'TensorRTBackend',
    via: 'builder',
    options: [
      {
        key: BUDGET_KEY,
        value: typeof value === 'number' ? { type: 'int', value } : { type: 'string', bytes: bytes(value) },
      },
    ],
  },
];
const load = (options: OptionsMap | null = null, method = 'forward'): Step => ({
  op: 'load',
  method,
  options,
});
const execute: Step = { op: 'execute', method: 'forward' };
const unload: Step = { op: 'unload', method: 'forward' };

interface Extra {
  device?: Partial<Device>;
  module?: LoadRequest['module'];
  verification?: LoadRequest['verification'];
  /** Those of a delegate that does otherwise. */
  rules?: Partial<Rules>;
}

const run = (file: Uint8Array, steps: Step[] = [load()], extra: Extra = {}): Outcome =>
  runReference(
    {
      program: file,
      verification: extra.verification ?? 'minimal',
      device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [], ...extra.device },
      module: extra.module ?? null,
      steps,
    },
    { rules: { ...STANDARD_RULES, ...extra.rules } },
  );
const failing = (call: Fault['call'], occurrence = 1): Extra => ({
  device: { faults: [{ call, occurrence }] },
});

/** Each step in a word. */
const steps = (outcome: Outcome): string[] =>
  outcome.steps.map(
    (step) => (step.kind === 'ok' ? 'ok' : `${step.phase} ${step.error}`) + (step.warned ? ' warned' : ''),
  );
const brief = ({ source, applied, calls }: EngineOutcome): string =>
  [
    source ?? '-',
    applied ?? '-',
    ...calls.map(
      (call) => `${call.call.replace(/WeightStreaming|V2|V3/g, '')}${'ok' in call && !call.ok ? '!' : ''}`,
    ),
  ].join(' ');

describe('a load', () => {
  it('applies the budget before it creates the context', () => {
    const outcome = run(program({}), [load(option('100'))]);
    expect(outcome).toEqual({
      program: { kind: 'ok' },
      steps: [{ kind: 'ok', warned: false }],
      engines: [
        {
          step: 0,
          source: 'option',
          applied: 100n,
          calls: [
            { call: 'deserializeCudaEngine', ok: true },
            { call: 'setWeightStreamingBudgetV2', budget: 100n, ok: true },
            { call: 'createExecutionContext', ok: true },
          ],
        },
      ],
      leaks: { runtimes: 0, engines: 0, contexts: 0, events: 0, allocations: 0 },
      violations: [],
    });
  });

  it.each<[string, Engine, OptionsMap | null, string, string]>([
    [
      'an automatic budget',
      {},
      null,
      'ok',
      'automatic 512 deserializeCudaEngine getAutomaticBudget setBudget createExecutionContext',
    ],
    [
      'a compile spec',
      { spec: '7' },
      null,
      'ok',
      'compile-spec 7 deserializeCudaEngine setBudget createExecutionContext',
    ],
    [
      'an empty option',
      { spec: '7' },
      option(''),
      'ok warned',
      'compile-spec 7 deserializeCudaEngine setBudget createExecutionContext',
    ],
    ['a malformed option', {}, option('x'), 'load InvalidProgram warned', '- - deserializeCudaEngine'],
    [
      'a refused budget',
      { setDefault: false },
      option(5),
      'load InvalidProgram warned',
      '- - deserializeCudaEngine setBudget!',
    ],
    [
      'a refused automatic budget',
      { setAnswers: [false] },
      null,
      'ok',
      'automatic 0 deserializeCudaEngine getAutomaticBudget setBudget! setBudget createExecutionContext',
    ],
    [
      'a resident engine and a budget',
      { streamable: 0n },
      option(5),
      'ok warned',
      '- - deserializeCudaEngine createExecutionContext',
    ],
    ['a resident engine', { streamable: 0n }, null, 'ok', '- - deserializeCudaEngine createExecutionContext'],
    [
      'an engine that cannot be read',
      { deserializes: false },
      option('x'),
      'load InvalidProgram',
      '- - deserializeCudaEngine!',
    ],
    [
      'no context',
      { createsContext: false },
      null,
      'load InvalidProgram',
      'automatic 512 deserializeCudaEngine getAutomaticBudget setBudget createExecutionContext!',
    ],
  ])('with %s', (_, engine, options, step, calls) => {
    const outcome = run(program(engine), [load(options)]);
    expect(steps(outcome)).toEqual([step]);
    expect(outcome.engines.map(brief)).toEqual([calls]);
    expect(outcome.leaks).toEqual({ runtimes: 0, engines: 0, contexts: 0, events: 0, allocations: 0 });
  });

  it.each<[string, Extra, string, number]>([
    ['no runtime to ask with (WSB-FAIL-06)', failing('createInferRuntime', 1), 'load NotFound', 0],
    ['no runtime for the engine (WSB-FAIL-06)', failing('createInferRuntime', 2), 'load InvalidProgram', 0],
    ['no device (WSB-FAIL-11)', failing('cudaSetDevice'), 'load InvalidProgram', 0],
    ['no event (WSB-FAIL-12)', failing('cudaEventCreateWithFlags'), 'load InvalidProgram', 0],
    ['no device attribute (WSB-FAIL-13)', failing('cudaDeviceGetAttribute'), 'ok', 1],
  ])('with %s', (_, extra, step, engines) => {
    const outcome = run(program({}), [load()], extra);
    expect(steps(outcome)).toEqual([step]);
    expect(outcome.engines).toHaveLength(engines);
    expect(Object.values(outcome.leaks)).toEqual([0, 0, 0, 0, 0]);
  });

  it('ends with the first engine that fails, and destroys those before it (WSB-MULTI-05, WSB-MULTI-06)', () => {
    const outcome = run(program({}, { spec: 'x' }, {}));
    expect(steps(outcome)).toEqual(['load InvalidProgram warned']);
    expect(outcome.engines).toHaveLength(2);
    expect(Object.values(outcome.leaks)).toEqual([0, 0, 0, 0, 0]);
  });

  it('gives one option to every engine, and each its own compile spec (WSB-MULTI-01 to 03)', () => {
    const file = program({ spec: '5', streamable: 100n }, { spec: '6', streamable: 200n });
    expect(run(file).engines.map(({ applied }) => applied)).toEqual([5n, 6n]);
    expect(run(file, [load(option('150'))]).engines.map(({ applied }) => applied)).toEqual([100n, 150n]);
  });

  it('ends with NotFound at a delegate of another backend (WSB-PROG-08, WSB-FAIL-08)', () => {
    const outcome = run(program({}, { backend: 'Other' }));
    expect(steps(outcome)).toEqual(['load NotFound']);
    expect(outcome.leaks.engines).toBe(0);
  });

  it('ends with InvalidProgram at a damaged blob, without a runtime (WSB-FAIL-01)', () => {
    const outcome = run(program({ data: bytes('no blob') }), [load()], failing('createInferRuntime', 2));
    expect(steps(outcome)).toEqual(['load InvalidProgram']);
    expect(outcome.engines).toEqual([]);
  });

  it('plays recorded plans and refuses unknown ones', () => {
    const file = program({ data: encodeBlob({ engine: bytes('a TensorRT plan') }) });
    expect(steps(run(file))).toEqual(['load InvalidProgram']);
    const request: LoadRequest = {
      program: file,
      verification: 'minimal',
      device: { totalBytes: 1n, freeBytes: 1n, faults: [] },
      module: null,
      steps: [load()],
    };
    const outcome = runReference(request, {
      recordedPlan: () => scriptedPlan({ streamable: 8n, automatic: 8n }),
    });
    expect(outcome.engines[0]?.applied).toBe(8n);
    const refused = runReference(request, { recordedPlan: () => scriptedPlan({ deserializes: false }) });
    expect(steps(refused)).toEqual(['load InvalidProgram']);
  });

  it('refuses a damaged scripted plan', () => {
    const plan = encodePlan(scriptedPlan());
    plan[20] = 1;
    expect(steps(run(program({ data: encodeBlob({ engine: plan }) })))).toEqual(['load InvalidProgram']);
  });

  it('notes a plan that is not at a multiple of 16 (WSB-LIFE-08)', () => {
    const file = program({});
    const shifted = new Uint8Array(file.length + 8);
    shifted.set(file);
    const view = new DataView(shifted.buffer);
    const base = Number(view.getBigUint64(24, true));
    shifted.set(file.subarray(base), base + 8);
    view.setBigUint64(24, BigInt(base + 8), true);
    const outcome = run(shifted);
    expect(steps(outcome)).toEqual(['ok']);
    expect(outcome.violations).toEqual(['misaligned-plan']);
  });

  it('counts the memory of modelled engines one after another (WSB-MEM-01, WSB-MEM-04)', () => {
    const engine: Engine = { kind: 'modelled', streamable: 100n, scratch: 10n, activations: 5n };
    const outcome = run(program(engine, engine), [load()], { device: { freeBytes: 210n } });
    expect(outcome.engines.map(({ applied }) => applied)).toEqual([100n, 85n]);
    expect(steps(outcome)).toEqual(['ok']);
    expect(steps(run(program(engine, engine), [load(option(100))], { device: { freeBytes: 204n } }))).toEqual(
      ['load InvalidProgram warned'],
    );
  });
});

describe('a load of a delegate that fits its automatic budgets', () => {
  const all = 2n ** 26n;
  const engine: Engine = { kind: 'modelled', streamable: all, scratch: 200n, activations: 10n };
  const resident = all + 10n + RESIDENT_MARGIN;
  const streamed = CONTEXT_MARGIN + 210n;
  const fit = (file: Uint8Array, freeBytes: bigint, options: OptionsMap | null = null): Outcome =>
    runReference(
      {
        program: file,
        verification: 'minimal',
        device: { totalBytes: 2n ** 40n, freeBytes, faults: [] },
        module: null,
        steps: [load(options)],
      },
      { rules: rulesUnder('fitting') },
    );
  const first = (outcome: Outcome): string => outcome.engines.map(brief)[0] ?? '';

  it('keeps what fits and streams the rest (WSB-AUTO-02, WSB-AUTO-03)', () => {
    const made = 'deserializeCudaEngine setBudget createExecutionContext';
    expect(first(fit(program(engine), resident))).toBe(`automatic ${all} ${made}`);
    const part = resident - 1n - streamed;
    expect(first(fit(program(engine), resident - 1n))).toBe(
      `automatic ${part} deserializeCudaEngine setBudget setBudget createExecutionContext`,
    );
    const scripted: Engine = { ...engine, kind: 'scripted' };
    expect(first(fit(program(scripted), resident - 1n))).toContain(`automatic ${part}`);
    expect(first(fit(program(scripted), streamed))).toBe(`automatic 0 ${made}`);
  });

  it('goes down while no context can be made (WSB-AUTO-04)', () => {
    const without = fit(program({ ...engine, createsContext: false }), streamed + 1n);
    expect(first(without)).toBe(
      'automatic 0 deserializeCudaEngine setBudget setBudget createExecutionContext! setBudget createExecutionContext!',
    );
    expect(steps(without)).toEqual(['load InvalidProgram']);
  });

  it('leaves explicit budgets and engines that stream nothing alone (WSB-AUTO-05, WSB-APPLY-07)', () => {
    expect(first(fit(program({ ...engine, createsContext: false }), 5000n, option('700')))).toBe(
      'option 700 deserializeCudaEngine setBudget createExecutionContext!',
    );
    expect(first(fit(program({ ...engine, createsContext: false, streamable: 0n }), 5000n))).toBe(
      '- - deserializeCudaEngine createExecutionContext!',
    );
  });

  it('makes room for an engine that follows, and at last gives up what it has (WSB-AUTO-07)', () => {
    const made = 'deserializeCudaEngine setBudget createExecutionContext';
    const free = all + 10n + streamed;
    expect(fit(program(engine, engine), free).engines.map(brief)).toEqual([
      `automatic ${all} ${made}`,
      `automatic 0 ${made}`,
    ]);
    expect(fit(program(engine, engine), free - 1n).engines.map(brief)).toEqual([
      `automatic ${all + 9n - streamed} ${made} setBudget setBudget createExecutionContext`,
      `automatic 0 ${made}`,
    ]);
    const explicit = fit(program(engine, { ...engine, spec: `${all}` }), resident + 210n);
    expect(explicit.engines.map(({ applied }) => applied)).toEqual([0n, all]);
    const none = fit(program(engine, { ...engine, createsContext: false }), free);
    expect(none.engines.map(brief)[1]).toContain('createExecutionContext! createExecutionContext!');
    expect(none.leaks).toEqual(NO_LEAKS);
  });

  it('asks TensorRT on a device of which nobody knows what is free (WSB-AUTO-06)', () => {
    expect(first(fit(program(engine), 2n ** 40n))).toContain('getAutomaticBudget');
  });
});

describe('bindings', () => {
  const tensor = (name: string, mode: PlanBinding['mode'], more: Partial<PlanBinding> = {}): PlanBinding => ({
    name,
    mode,
    dtype: 0,
    shape: [2n],
    shapeInference: false,
    profile: null,
    aliases: null,
    ...more,
  });
  const io = (...names: string[]): BlobMetadata['io_bindings'] =>
    names.map((name) => ({ name, dtype: 'float32', shape: [2], is_input: name.startsWith('i') }));
  const alias = (kind: string, output = 'o', input = 'i'): Partial<BlobMetadata> => ({
    io_bindings: io('i', 'o'),
    aliased_io: [{ output, input, kind }],
  });
  const pair = [tensor('i', 'input'), tensor('o', 'output')];

  it.each<[string, Engine, string, boolean]>([
    ['names that can be inferred', { bindings: [tensor('x_0', 'input')] }, 'ok', true],
    ['names that cannot (WSB-BLOB-12)', { bindings: [tensor('x', 'input')] }, 'load InvalidProgram', false],
    ['names in the blob', { bindings: pair, metadata: { io_bindings: io('i', 'o') } }, 'ok', true],
    [
      'an input that the engine lacks',
      { bindings: [], metadata: { io_bindings: io('i') } },
      'load InvalidProgram',
      true,
    ],
    [
      'an output as input',
      { bindings: [tensor('i', 'output')], metadata: { io_bindings: io('i') } },
      'load InvalidProgram',
      true,
    ],
    [
      'a dynamic input without a profile',
      { bindings: [tensor('i_0', 'input', { shape: [-1n] })] },
      'load InvalidProgram',
      true,
    ],
    [
      'a dynamic input with one',
      { bindings: [tensor('i_0', 'input', { shape: [-1n], profile: { min: [1n], max: [4n] } })] },
      'ok',
      true,
    ],
    [
      'a shape tensor (WSB-LIFE-12)',
      { bindings: [tensor('i_0', 'input', { shapeInference: true })] },
      'load InvalidProgram',
      true,
    ],
    ['an output shape tensor', { bindings: [tensor('o_0', 'output', { shapeInference: true })] }, 'ok', true],
    [
      'an alias of an unknown output (WSB-BLOB-14)',
      { bindings: pair, metadata: alias('user', 'x') },
      'load InvalidProgram',
      true,
    ],
    [
      'an alias of an unknown input (WSB-BLOB-14)',
      { bindings: pair, metadata: alias('user', 'o', 'x') },
      'load InvalidProgram',
      true,
    ],
    [
      'an alias of an unknown kind (WSB-BLOB-15)',
      { bindings: pair, metadata: alias('other') },
      'load InvalidProgram',
      true,
    ],
    [
      'a cache alias that the engine denies (WSB-BLOB-16)',
      { bindings: pair, metadata: alias('kv_cache_update') },
      'load InvalidProgram',
      true,
    ],
    [
      'a cache alias of the engine (WSB-BLOB-16)',
      {
        bindings: [tensor('i', 'input'), tensor('o', 'output', { aliases: 'i' })],
        metadata: alias('kv_cache_update'),
      },
      'ok',
      true,
    ],
    ['a user alias of equal shapes (WSB-BLOB-17)', { bindings: pair, metadata: alias('user') }, 'ok', true],
    [
      'a user alias of other shapes (WSB-BLOB-17)',
      { bindings: [tensor('i', 'input'), tensor('o', 'output', { shape: [3n] })], metadata: alias('user') },
      'load InvalidProgram',
      true,
    ],
    [
      'a user alias of other ranks (WSB-BLOB-17)',
      { bindings: [tensor('i', 'input'), tensor('o', 'output', { shape: [] })], metadata: alias('user') },
      'load InvalidProgram',
      true,
    ],
    [
      'a user alias of tensors that the engine lacks',
      { bindings: [], metadata: alias('user') },
      'load InvalidProgram',
      true,
    ],
  ])('with %s', (_, engine, step, context) => {
    const outcome = run(program(engine));
    expect(steps(outcome)).toEqual([step]);
    expect(outcome.engines[0]?.calls.at(-1)?.call === 'createExecutionContext').toBe(context);
    expect(Object.values(outcome.leaks)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('a sequence of steps', () => {
  it('executes what is loaded, and nothing else', () => {
    const outcome = run(program({}), [execute, load(), execute, unload, execute, unload]);
    expect(steps(outcome)).toEqual(['execute InvalidState', 'ok', 'ok', 'ok', 'execute InvalidState', 'ok']);
    expect(outcome.engines.map(brief)).toEqual([
      'automatic 512 deserializeCudaEngine getAutomaticBudget setBudget createExecutionContext enqueue',
    ]);
  });

  it('goes on after an engine did not run (WSB-LIFE-10)', () => {
    expect(steps(run(program({ enqueues: false }), [load(), execute, execute]))).toEqual([
      'ok',
      'execute InvalidState',
      'execute InvalidState',
    ]);
  });

  it('loads again what is loaded already: anew through a program, not at all through a module (WSB-METHOD-06)', () => {
    const twice = [load(option('1')), load(option('2'))];
    expect(run(program({}), twice).engines.map(({ step, applied }) => [step, applied])).toEqual([
      [0, 1n],
      [1, 2n],
    ]);
    const module = run(program({}), twice, { module: { options: null } });
    expect(steps(module)).toEqual(['ok', 'ok']);
    expect(module.engines.map(({ applied }) => applied)).toEqual([1n]);
  });

  it('takes the options of the module unless a load has its own (WSB-METHOD-03 to 05)', () => {
    const again = (options: OptionsMap | null): Step[] => [load(options), unload];
    const outcome = run(program({ spec: '7' }), [null, option('2'), [], null].flatMap(again), {
      module: { options: option('1') },
    });
    expect(outcome.engines.map(({ applied }) => applied)).toEqual([1n, 2n, 7n, 1n]);
  });

  it('does not load with options that ExecuTorch refuses', () => {
    const tooMany: OptionsMap = Array.from({ length: 9 }, (_, n) => ({
      backend: `B${n}`,
      via: 'span',
      options: [],
    }));
    const outcome = run(program({}), [load(), load(tooMany), execute]);
    expect(steps(outcome)).toEqual(['ok', 'options InvalidArgument', 'ok']);
    expect(run(program({}), [load()], { module: { options: tooMany } })).toMatchObject({
      program: { kind: 'rejected', error: 'InvalidArgument' },
      steps: [],
    });
  });

  it('loads several methods, each with its engines (WSB-METHOD-01, WSB-METHOD-08)', () => {
    const file = writeProgram({
      methods: [
        { name: 'forward', delegates: [delegate({ spec: '1' })] },
        { name: 'other', delegates: [delegate({ spec: '2' })] },
      ],
    });
    const outcome = run(file, [load(null, 'other'), load(), { op: 'unload', method: 'other' }, execute]);
    expect(steps(outcome)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(outcome.engines.map(({ applied }) => applied)).toEqual([2n, 1n]);
    expect(Object.values(outcome.leaks)).toEqual([0, 0, 0, 0, 0]);
  });

  it('does not find a method that is not there (WSB-METHOD-10)', () => {
    expect(steps(run(program({}), [load(null, 'Forward')]))).toEqual(['load InvalidArgument']);
  });

  it('loads a method without delegates (WSB-PROG-12)', () => {
    expect(steps(run(program(), [load(option('x')), execute]))).toEqual(['ok', 'ok']);
  });
});

describe('the current device', () => {
  const onDevice1 = { metadata: { device_id: 1 } };

  it('is selected for each init, execution and destruction, and restored (WSB-LIFE-13)', () => {
    // Init selects and restores, an execution too, and so does the destruction: six calls, the
    // seventh is never made.
    for (const occurrence of [1, 3, 7]) {
      const outcome = run(program(onDevice1), [load(), execute], failing('cudaSetDevice', occurrence));
      const expected = {
        1: ['load InvalidProgram', 'execute InvalidState'],
        3: ['ok', 'execute InvalidProgram'],
        7: ['ok', 'ok'],
      };
      expect(steps(outcome)).toEqual(expected[occurrence as 1 | 3 | 7]);
      expect(Object.values(outcome.leaks)).toEqual([0, 0, 0, 0, 0]);
      expect(outcome.violations).toEqual([]);
    }
  });

  it('stays changed where CUDA refuses to restore it, which is noted once', () => {
    const outcome = run(program(onDevice1), [load(), execute, unload], failing('cudaSetDevice', 2));
    expect(steps(outcome)).toEqual(['ok', 'ok', 'ok']);
    expect(outcome.violations).toEqual(['device-left-changed']);
  });
});

describe('an execution with tensors', () => {
  // Input and output of this program are float16 of shape [1, 64].
  const file = new Uint8Array(
    readFileSync(new URL('../../golden/exporter/one_engine_budget_8192.pte', import.meta.url)),
  );
  const tensor = (
    mode: PlanBinding['mode'],
    shape: bigint[] = [1n, 64n],
    more: Partial<PlanBinding> = {},
  ): PlanBinding => ({
    name: `${mode}_0`,
    mode,
    dtype: 1,
    shape,
    shapeInference: false,
    profile: null,
    aliases: null,
    ...more,
  });

  it('is the same from its file', () => {
    const steps: Step[] = [load()];
    const request = {
      program: file,
      verification: 'minimal' as const,
      device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
      module: null,
      steps,
    };
    const context = { recordedPlan: () => scriptedPlan() };
    const onDisk = {
      path: '/',
      size: file.length,
      read: (at: number, size: number) => file.slice(at, at + size),
    };
    expect(runReference({ ...request, program: onDisk }, context)).toEqual(runReference(request, context));
  });

  /** The exporter's program with its TensorRT plan replaced by a scripted one. */
  function withBindings(bindings: PlanBinding[], metadata: Partial<BlobMetadata> = {}): Uint8Array {
    const changed = file.slice();
    const read = readProgram(changed);
    const data = read.ok ? read.program.methods[0]?.delegates[0]?.data : undefined;
    if (data?.ok !== true) throw new Error('there is no delegate');
    changed.set(encodeBlob({ metadata, engine: encodePlan(scriptedPlan({ bindings })) }), data.value.at);
    expect(decodeBlob(data.value).ok).toBe(true);
    return changed;
  }
  const dynamic = (min: bigint[], max: bigint[]): PlanBinding =>
    tensor('input', [1n, -1n], { profile: { min, max } });
  /** The rules of a delegate that does not look at its arguments. */
  const UNSEEN: Partial<Rules> = { refusesSurplusArguments: false, comparesElementTypes: false };
  const third: PlanBinding = { ...tensor('output'), name: 'output_1' };

  it.each<[string, PlanBinding[], string]>([
    ['their shapes', [tensor('input'), tensor('output')], 'ok'],
    [
      'an input that must be wider',
      [tensor('input', [1n, 65n]), tensor('output')],
      'execute InvalidArgument',
    ],
    [
      'an input that must be narrower',
      [tensor('input', [1n, 63n]), tensor('output')],
      'execute InvalidArgument',
    ],
    ['an input of another rank', [tensor('input', [64n]), tensor('output')], 'execute InvalidArgument'],
    ['a dynamic input', [dynamic([1n, 1n], [1n, 64n]), tensor('output')], 'ok'],
    [
      'a dynamic input beyond its bounds',
      [dynamic([1n, 1n], [1n, 63n]), tensor('output')],
      'execute InvalidArgument',
    ],
    [
      'an input whose bounds deny its shape',
      [tensor('input', [1n, 32n], { profile: { min: [1n, 1n], max: [1n, 64n] } }), tensor('output')],
      'execute InvalidState',
    ],
    ['a dynamic output', [dynamic([1n, 1n], [1n, 64n]), tensor('output', [1n, -1n])], 'ok'],
    [
      'an output that is dynamic where no input is',
      [tensor('input'), tensor('output', [-1n, 64n])],
      'execute InvalidState',
    ],
    ['an output of another shape', [tensor('input'), tensor('output', [1n, 32n])], 'execute NotSupported'],
    ['an output of another rank', [tensor('input'), tensor('output', [64n])], 'execute NotSupported'],
    [
      'an output too large for ExecuTorch',
      [tensor('input'), tensor('output', [1n, 2n ** 31n])],
      'execute InvalidState',
    ],
    ['too few arguments', [tensor('input'), tensor('output'), third], 'execute InvalidArgument'],
    ['an output for each of two tensors', [tensor('output')], 'execute InvalidArgument'],
  ])('with %s', (_, bindings, expected) => {
    const outcome = run(withBindings(bindings), [load(), execute, execute]);
    expect(steps(outcome)).toEqual(['ok', expected, expected]);
    expect(outcome.leaks.allocations).toBe(0);
  });

  /**
   * A program of one delegate that is called with the tensors given, and with null where there is
   * none.
   */
  function craftCall(
    shapes: ([shape: number[], dynamism?: number] | null)[],
    bindings: PlanBinding[],
  ): Uint8Array {
    const values = shapes.map((given) => {
      if (given === null) return { fields: [{ type: 1, table: null }] };
      const [shape, dynamism = 0] = given;
      const order = shape.map((_, d) => d);
      return { fields: [{ type: 5, table: { fields: [5, 0, shape, order, 0, 0, null, 0, dynamism] } }] };
    });
    const call = { fields: [{ type: 2, table: { fields: [0, shapes.map((_, n) => n)] } }] };
    const ours = { fields: ['TensorRTBackend', { fields: [0, 0] }, []] };
    const chain = { fields: [null, null, [call]] };
    const tensors = shapes.flatMap((given, n) => (given === null ? [] : [n]));
    const plan = { fields: ['forward', null, values, [], tensors, [chain], null, [ours], [0n]] };
    const data = encodeBlob({ engine: encodePlan(scriptedPlan({ bindings })) });
    return craftFlatbuffer(
      PROGRAM_LAYOUT,
      { fields: [0, [plan], null, [{ fields: [data] }], [], { fields: [0, [0n]] }] },
      'ET12',
    );
  }

  it.each<[string, Parameters<typeof craftCall>, string]>([
    ['a scalar output', [[[[]]], [tensor('output', [1n])]], 'ok'],
    ['a scalar where a tensor comes out', [[[[]]], [tensor('output', [2n])]], 'execute NotSupported'],
    ['a tensor where a scalar comes out', [[[[1]]], [tensor('output', [])]], 'execute NotSupported'],
    ['an empty output', [[[[0]]], [tensor('output', [0n])]], 'ok'],
    ['an output that is no tensor', [[null], [tensor('output', [1n])]], 'execute InvalidArgument'],
    ['an input that is no tensor', [[null], [tensor('input', [1n])]], 'execute InvalidArgument'],
    [
      'an input of rank 9',
      [[[[1, 1, 1, 1, 1, 1, 1, 1, 1]]], [tensor('input', [1n])]],
      'execute InvalidArgument',
    ],
    ['a dynamic output that is smaller', [[[[4], 1]], [tensor('output', [3n])]], 'ok'],
    ['a dynamic output that is larger', [[[[4], 1]], [tensor('output', [5n])]], 'execute NotSupported'],
    [
      'an input and an output',
      [
        [[[2, 3]], [[3]]],
        [tensor('input', [2n, 3n]), tensor('output', [3n])],
      ],
      'ok',
    ],
  ])('with %s', (_, given, expected) => {
    const outcome = run(craftCall(...given), [load(), execute]);
    expect(steps(outcome)).toEqual(['ok', expected]);
    expect(Object.values(outcome.leaks)).toEqual([0, 0, 0, 0, 0]);
  });

  it('needs every input that the engine has', () => {
    const io_bindings = [{ name: 'output_0', dtype: '', shape: [], is_input: false }];
    const dynamicInput = dynamic([1n, 1n], [1n, 64n]);
    const file = withBindings([dynamicInput, tensor('output', [1n, -1n])], { io_bindings });
    expect(steps(run(file, [load()]))).toEqual(['load InvalidProgram']);
    expect(steps(run(file, [load(), execute], { rules: { ...UNSEEN, namesAllTensors: false } }))).toEqual([
      'ok',
      'execute InvalidState',
    ]);
  });

  it('needs outputs that the engine has', () => {
    const io_bindings = [{ name: 'other', dtype: '', shape: [], is_input: false }];
    const file = withBindings([], { io_bindings });
    expect(steps(run(file, [load()]))).toEqual(['load InvalidProgram']);
    expect(
      steps(run(file, [load(), execute], { rules: { ...UNSEEN, namesTensorsAsTheyAre: false } })),
    ).toEqual(['ok', 'execute InvalidState']);
  });

  it('stages tensors in device memory, which stays until the method is destroyed', () => {
    const outcome = (freeBytes: bigint, faults: Fault[] = []): string[] =>
      steps(
        run(withBindings([tensor('input'), tensor('output')]), [load(), execute, execute], {
          device: { freeBytes, faults },
        }),
      );
    expect(outcome(256n)).toEqual(['ok', 'ok', 'ok']);
    expect(outcome(255n)).toEqual(['ok', 'execute MemoryAllocationFailed', 'execute MemoryAllocationFailed']);
    expect(outcome(127n)).toEqual(['ok', 'execute MemoryAllocationFailed', 'execute MemoryAllocationFailed']);
    expect(outcome(999n, [{ call: 'cudaMalloc', occurrence: 2 }])).toEqual([
      'ok',
      'execute MemoryAllocationFailed',
      'ok',
    ]);
  });

  it('cannot write an output over an input in host memory', () => {
    const bindings = [tensor('input'), tensor('output', [1n, 64n], { aliases: 'input_0' })];
    const io_bindings = [
      { name: 'input_0', dtype: '', shape: [], is_input: true },
      { name: 'output_0', dtype: '', shape: [], is_input: false },
    ];
    const aliased_io = [{ output: 'output_0', input: 'input_0', kind: 'user' }];
    expect(steps(run(withBindings(bindings, { io_bindings, aliased_io }), [load(), execute]))).toEqual([
      'ok',
      'execute InvalidArgument',
    ]);
  });
});

describe('a program', () => {
  it('is rejected with the error of its fault', () => {
    expect(run(program({}).subarray(0, 63))).toMatchObject({
      program: { kind: 'rejected', error: 'InvalidArgument' },
      steps: [],
    });
  });

  it('whose behaviour is undefined has no outcome', () => {
    const inline = writeProgram({
      methods: [{ name: 'forward', delegates: [{ ...delegate(), placement: 'inline' }] }],
    });
    const file = inline.slice();
    // The first field of the root table behind the version: the list of methods.
    const view = new DataView(file.buffer);
    const root = view.getUint32(0, true);
    view.setUint16(root - view.getInt32(root, true) + 6, 0, true);
    expect(() => run(file)).toThrow(UndefinedBehaviourError);
    expect(run(file, [load()], { verification: 'internal-consistency' })).toMatchObject({
      program: { kind: 'rejected', error: 'InvalidProgram' },
    });
  });

  const craft = (
    delegates: Parameters<typeof craftFlatbuffer>[1][],
    chains: Parameters<typeof craftFlatbuffer>[1][],
    sizes = [0n],
  ): Uint8Array => {
    const plan = { fields: ['forward', null, [], [], [], chains, null, delegates, sizes] };
    const data = { fields: [delegate().data] };
    const root = { fields: [0, [plan], null, [data], [], { fields: [0, [0n]] }] };
    return craftFlatbuffer(PROGRAM_LAYOUT, root, 'ET12');
  };
  const chain = (...instructions: { type: number; table: { fields: (number | number[])[] } }[]) => [
    { fields: [null, null, instructions.map((instruction) => ({ fields: [instruction] }))] },
  ];
  const ours = (location: number, index: number) => ({
    fields: ['TensorRTBackend', { fields: [location, index] }, []],
  });

  it.each([
    ['no such inline data (WSB-PROG-06)', craft([ours(0, 0), ours(0, 1)], chain()), 'load NotFound'],
    ['an unknown placement', craft([ours(7, 0)], chain()), 'load Internal'],
    ['no backend id', craft([{ fields: [null, { fields: [0, 0] }, []] }], chain()), 'load InvalidProgram'],
    ['no chain (WSB-PROG-09)', craft([ours(0, 0)], []), 'load InvalidProgram'],
    ['a huge memory plan', craft([], chain(), [0n, 2n ** 28n + 1n]), 'load MemoryAllocationFailed'],
    ['a large memory plan', craft([], chain(), [0n, 2n ** 28n]), 'ok'],
    ['a negative memory plan', craft([], chain(), [0n, -1n]), 'load InvalidProgram'],
  ])('with %s', (_, file, expected) => {
    const outcome = run(file);
    expect(steps(outcome)).toEqual([expected]);
    expect(Object.values(outcome.leaks)).toEqual([0, 0, 0, 0, 0]);
  });

  it('with damage in a value is rejected before any delegate', () => {
    const plan = {
      fields: [
        'forward',
        null,
        [{ fields: [{ type: 2, table: null }] }],
        [],
        [],
        chain(),
        null,
        [ours(0, 0)],
        [0n],
      ],
    };
    const root = { fields: [0, [plan], null, [{ fields: [delegate().data] }], [], { fields: [0, [0n]] }] };
    const outcome = run(craftFlatbuffer(PROGRAM_LAYOUT, root, 'ET12'));
    expect(steps(outcome)).toEqual(['load InvalidProgram']);
    expect(outcome.engines).toEqual([]);
  });

  it('that crashes at a compile spec does so only when the load gets there', () => {
    const bad = { fields: ['TensorRTBackend', { fields: [0, 0] }, [{ fields: [null, null] }]] };
    expect(() => run(craft([bad], chain()))).toThrow(UndefinedBehaviourError);
    expect(steps(run(craft([bad], chain()), [load()], failing('createInferRuntime')))).toEqual([
      'load NotFound',
    ]);
  });

  it('that calls a delegate which is not there cannot be executed', () => {
    const call = { type: 2, table: { fields: [1, []] } };
    expect(steps(run(craft([ours(0, 0)], chain(call)), [load(), execute]))).toEqual([
      'ok',
      'execute Internal',
    ]);
  });
});
