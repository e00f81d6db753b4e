import { describe, expect, it } from 'vitest';
import { encodeBlob } from '../blob/encode-blob.js';
import { NO_LEAKS, type Outcome } from '../outcome/outcome.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan, type PlanBinding } from '../plan/plan.js';
import type { MethodPlan } from '../program/program-spec.js';
import { writeProgram } from '../program/write-program.js';
import type { Device, Fault, Step } from '../request/load-request.js';
import { STANDARD_RULES, type PlaceRule } from '../rules/rules.js';
import { executorchVersion, STOCK_HOST, type HostProfile } from './host-profile.js';
import { runReference } from './run-reference.js';
import { UndefinedBehaviourError } from './undefined-behaviour-error.js';
import { UnmodelledProgramError } from './unmodelled-program-error.js';

const HOST = { type: 0, index: 0 };
const CUDA = { type: 1, index: 0 };
const TO_DEVICE = 'et_copy::_h2d_copy.out';
const TO_HOST = 'et_copy::_d2h_copy.out';

const binding = (name: string, mode: 'input' | 'output', aliases: string | null = null): PlanBinding => ({
  name,
  mode,
  dtype: 1,
  shape: [1n, 4n],
  shapeInference: false,
  profile: null,
  aliases,
});

const tensor = (
  arena: number,
  offset: number,
  device = arena === 0 ? HOST : CUDA,
): MethodPlan['tensors'][number] => ({ shape: [1, 4], arena, offset, device });

/** Host memory, a copy to the device, the engine, a copy back. */
const ROUND_TRIP: MethodPlan = {
  arenas: [
    { bytes: 32n, device: HOST },
    { bytes: 32n, device: CUDA },
  ],
  tensors: [tensor(0, 0), tensor(1, 0), tensor(1, 16), tensor(0, 16)],
  inputs: [0],
  outputs: [3],
  calls: [
    { operator: TO_DEVICE, args: [0, 1, 1] },
    { delegate: 0, args: [1, 2] },
    { operator: TO_HOST, args: [2, 3, 3] },
  ],
};

interface Setting {
  readonly host?: Partial<HostProfile>;
  readonly free?: bigint;
  readonly fault?: Fault['call'];
  readonly placeOf?: PlaceRule;
  /** The engine writes its output over its input. */
  readonly aliased?: true;
}

/** Loads, executes twice and unloads a method with one engine. */
function run(plan: MethodPlan, { host, free = 2n ** 40n, fault, placeOf, aliased }: Setting = {}): Outcome {
  const bindings = [binding('x_0', 'input'), binding('y_0', 'output', aliased ? 'x_0' : null)];
  const io = bindings.map(({ name, mode }) => ({
    name,
    dtype: 'float16',
    shape: [1, 4],
    is_input: mode === 'input',
  }));
  const metadata = aliased
    ? { io_bindings: io, aliased_io: [{ output: 'y_0', input: 'x_0', kind: 'kv_cache_update' }] }
    : { io_bindings: io };
  const data = encodeBlob({ metadata, engine: encodePlan(scriptedPlan({ bindings })) });
  const delegates = [{ backend: 'TensorRTBackend', placement: 'segment' as const, data, compileSpecs: [] }];
  const device: Device = {
    totalBytes: 2n ** 40n,
    freeBytes: free,
    faults: fault === undefined ? [] : [{ call: fault, occurrence: 1 }],
  };
  const steps: Step[] = [
    { op: 'load', method: 'forward', options: null },
    { op: 'execute', method: 'forward' },
    { op: 'execute', method: 'forward' },
    { op: 'unload', method: 'forward' },
  ];
  return runReference(
    {
      program: writeProgram({ methods: [{ name: 'forward', delegates, plan }] }),
      verification: 'internal-consistency',
      device,
      module: null,
      steps,
    },
    {
      host: { ...STOCK_HOST, ...host },
      ...(placeOf === undefined ? {} : { rules: { ...STANDARD_RULES, placeOf } }),
    },
  );
}

const ends = ({ steps }: Outcome): string[] =>
  steps.map((step) => (step.kind === 'ok' ? 'ok' : `${step.phase} ${step.error}`));

const OK = ['ok', 'ok', 'ok', 'ok'];
const failing = (error: string): string[] => ['ok', `execute ${error}`, `execute ${error}`, 'ok'];
const unloadable = (error: string): string[] => [
  `load ${error}`,
  'execute InvalidState',
  'execute InvalidState',
  'ok',
];

describe('a method with tensors on a device', () => {
  it('is loaded, executed and gone without a trace', () => {
    const outcome = run(ROUND_TRIP);
    expect(ends(outcome)).toEqual(OK);
    expect(outcome.engines[0]?.calls.filter(({ call }) => call === 'enqueueV3')).toHaveLength(2);
    expect(outcome).toMatchObject({ leaks: NO_LEAKS, violations: [] });
  });

  it.each<[string, Setting, string[]]>([
    ['no allocator', { host: { allocator: false } }, unloadable('NotFound')],
    ['no kernels', { host: { kernels: false } }, unloadable('OperatorMissing')],
    ['no room', { free: 31n }, unloadable('MemoryAllocationFailed')],
    ['no memory for once', { fault: 'cudaMalloc' }, unloadable('MemoryAllocationFailed')],
    ['a copy that fails', { fault: 'cudaMemcpy' }, ['ok', 'execute Internal', 'ok', 'ok']],
  ])('on a host with %s', (_, setting, expected) => {
    const outcome = run(ROUND_TRIP, setting);
    expect(ends(outcome)).toEqual(expected);
    expect(outcome).toMatchObject({ leaks: NO_LEAKS, violations: [] });
  });

  it('copies nothing of an empty tensor', () => {
    const plan = {
      ...ROUND_TRIP,
      tensors: [
        { ...tensor(0, 0), shape: [0, 4] },
        { ...tensor(1, 0), shape: [0, 4] },
      ],
      outputs: [],
      calls: [{ operator: TO_DEVICE, args: [0, 1, 1] }],
    };
    expect(ends(run(plan, { fault: 'cudaMemcpy' }))).toEqual(OK);
    const [host = { bytes: 0n, device: HOST }] = plan.arenas;
    const empty = { ...plan, arenas: [host, { bytes: 0n, device: CUDA }] };
    // An empty arena takes no memory, so that there is none to copy to.
    expect(ends(run(empty, { free: 0n }))).toEqual(failing('Internal'));
  });

  it('may be on another device than the current one', () => {
    const other = { type: 1, index: 2 };
    const plan = {
      ...ROUND_TRIP,
      arenas: [
        { bytes: 32n, device: HOST },
        { bytes: 32n, device: other },
      ],
      tensors: ROUND_TRIP.tensors.map((each) => (each.arena === 1 ? { ...each, device: other } : each)),
    };
    expect(run(plan)).toMatchObject({ leaks: NO_LEAKS, violations: [] });
    expect(ends(run(plan))).toEqual(OK);
  });

  it('lets an output be written over an input there', () => {
    expect(ends(run(ROUND_TRIP, { aliased: true }))).toEqual(OK);
  });

  it('is of no use on a device of a type that nobody knows', () => {
    const unknown = { type: 2, index: 0 };
    const [host] = ROUND_TRIP.arenas;
    const arenas = [...(host === undefined ? [] : [host]), { bytes: 32n, device: unknown }];
    expect(ends(run({ ...ROUND_TRIP, arenas }))).toEqual(unloadable('NotFound'));
    const tensors = [tensor(0, 0), tensor(1, 0, unknown), tensor(1, 16), tensor(0, 16)];
    expect(() => run({ ...ROUND_TRIP, tensors })).toThrow(UndefinedBehaviourError);
  });
});

describe('a copy operator', () => {
  const withTensor = (at: number, changed: MethodPlan['tensors'][number]): MethodPlan => ({
    ...ROUND_TRIP,
    tensors: ROUND_TRIP.tensors.map((each, n) => (n === at ? changed : each)),
  });

  it.each<[string, MethodPlan, string]>([
    ['to a tensor of the host', withTensor(1, tensor(1, 0, HOST)), 'InvalidArgument'],
    ['back to a tensor of the device', withTensor(3, tensor(0, 16, CUDA)), 'InvalidArgument'],
    ['to another shape', withTensor(1, { ...tensor(1, 0), shape: [1, 3] }), 'InvalidArgument'],
    ['to another rank', withTensor(1, { ...tensor(1, 0), shape: [4] }), 'InvalidArgument'],
  ])('ends %s', (_, plan, error) => {
    expect(ends(run(plan))).toEqual(failing(error));
  });

  it('is refused by CUDA where a tensor is not where its tag says', () => {
    const outcome = run(withTensor(1, tensor(0, 16, CUDA)));
    expect(ends(outcome)).toEqual(failing('Internal'));
    expect(outcome.violations).toEqual(['wrong-memory', 'wrong-memory']);
  });

  it('finds no allocator where the program has no arena that needs one', () => {
    const plan = { ...withTensor(1, tensor(0, 16, CUDA)), arenas: [{ bytes: 32n, device: HOST }] };
    const tensors = plan.tensors.slice(0, 2);
    const calls = [{ operator: TO_DEVICE, args: [0, 1, 1] }];
    const host = { allocator: false };
    expect(ends(run({ ...plan, tensors, calls, outputs: [] }, { host }))).toEqual(failing('NotFound'));
  });

  it.each([
    ['another operator', { operator: 'aten::add.out', args: [0, 1, 1] }],
    ['another result', { operator: TO_DEVICE, args: [0, 1, 2] }],
    ['too many arguments', { operator: TO_DEVICE, args: [0, 1, 1, 1] }],
    ['too few', { operator: TO_DEVICE, args: [0] }],
  ])('is not modelled with %s', (_, call) => {
    expect(() => run({ ...ROUND_TRIP, calls: [call] })).toThrow(UnmodelledProgramError);
  });
});

describe('a planned input', () => {
  const tagged = (device: typeof HOST, arena = 0): MethodPlan => ({
    arenas: [{ bytes: 32n, device: arena === 0 ? HOST : CUDA }],
    tensors: [tensor(0, 0, device), tensor(0, 16, device)],
    inputs: [0],
    outputs: [1],
    calls: [{ delegate: 0, args: [0, 1] }],
  });

  it('with a tag is refused by ExecuTorch 1.5, and copied by 1.4.1', () => {
    expect(ends(run(tagged(CUDA)))).toEqual(failing('NotSupported'));
    expect(ends(run(tagged(CUDA), { host: { executorch: '1.4.1' } }))).toEqual(OK);
    expect(ends(run(tagged(HOST)))).toEqual(OK);
  });

  it('in device memory without a tag is written as host memory', () => {
    expect(() => run(tagged(HOST, 1))).toThrow(UndefinedBehaviourError);
  });
});

describe('a delegate that mistakes tensors', () => {
  it('for those of the host is refused the copy', () => {
    const outcome = run(ROUND_TRIP, { placeOf: () => 'host' });
    expect(ends(outcome)).toEqual(failing('InvalidProgram'));
    expect(outcome.violations).toEqual(['wrong-memory', 'wrong-memory']);
  });

  it.each(['input', 'output'] as const)('for those of the host, each %s, is refused the copy', (mistaken) => {
    const outcome = run(ROUND_TRIP, { placeOf: (lies, _, role) => (role === mistaken ? 'host' : lies) });
    expect(ends(outcome)).toEqual(failing('InvalidProgram'));
    expect(outcome.violations).toEqual(['wrong-memory', 'wrong-memory']);
    const enqueued = outcome.engines.flatMap(({ calls }) => calls).some(({ call }) => call === 'enqueueV3');
    expect(enqueued).toBe(mistaken === 'output');
  });

  it('for those of the device runs its engine on memory that is not there', () => {
    const plan = {
      ...ROUND_TRIP,
      arenas: [{ bytes: 32n, device: HOST }],
      tensors: [tensor(0, 0), tensor(0, 16)],
      outputs: [1],
      calls: [{ delegate: 0, args: [0, 1] }],
    };
    const outcome = run(plan, { placeOf: () => 'device' });
    expect(ends(outcome)).toEqual(OK);
    expect(outcome.violations).toEqual(['wrong-memory', 'wrong-memory']);
  });
});

it('takes an unknown version for the newest', () => {
  expect(['1.4.1', '1.5.0', 'of unknown build 12', undefined].map(executorchVersion)).toEqual([
    '1.4.1',
    '1.5.1',
    '1.5.1',
    '1.5.1',
  ]);
});
