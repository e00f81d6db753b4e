import { describe, expect, it } from 'vitest';
import { encodeBlob } from '../blob/encode-blob.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan, type PlanBinding } from '../plan/plan.js';
import { craftFlatbuffer, type CraftedTable } from '../program/craft-flatbuffer.js';
import { PROGRAM_LAYOUT } from '../program/flatbuffer-layout.js';
import { runReference } from './run-reference.js';
import { UnmodelledProgramError } from './unmodelled-program-error.js';

const HALF = 5;
const BOOL = 11;
const table = (...fields: CraftedTable['fields']): CraftedTable => ({ fields });
const union = (type: number, ...fields: CraftedTable['fields']): CraftedTable =>
  table({ type, table: table(...fields) });

interface TensorParts {
  readonly type?: number;
  readonly plan?: CraftedTable | null;
  readonly dynamism?: number;
  readonly device?: number;
  readonly constant?: number;
}

function tensor(sizes: readonly number[], parts: TensorParts = {}): CraftedTable {
  const { type = HALF, plan = null, dynamism = 0, device = 0, constant = 0 } = parts;
  const order = Uint8Array.from(sizes, (_, d) => d);
  return union(5, type, 0, sizes, order, 0, constant, plan, 0, dynamism, table(0n, null, 0, device, 0));
}

const planned = table(1, 0, 0);
const NONE = union(1);
const NUMBER = union(2, 7n);
const YES = union(3, 1);
const NO = union(3, 0);
const LIST = union(9, Uint8Array.of(1));
/** The engine takes this and gives this. */
const PAIR = [tensor([2, 3]), tensor([2, 3])];

const call = (...args: number[]): CraftedTable => union(2, 0, args);
const move = (from: number, to: number): CraftedTable => union(3, from, to);
const jump = (condition: number, target: number): CraftedTable => union(4, condition, target);
const free = (value: number): CraftedTable => union(5, value);

function binding(name: string, mode: PlanBinding['mode']): PlanBinding {
  const shape = [-1n, 3n];
  const profile = { min: [1n, 3n], max: [4n, 3n] };
  return { name, mode, dtype: 1, shape, shapeInference: false, profile, aliases: null };
}

interface MethodParts {
  readonly values: readonly CraftedTable[];
  readonly inputs?: readonly number[];
  readonly outputs?: readonly number[];
  readonly instructions?: readonly CraftedTable[];
  readonly segments?: readonly CraftedTable[];
  /** The segment of the constants and their offsets in it. */
  readonly constants?: CraftedTable;
}

function program(parts: MethodParts): Uint8Array {
  const { values, inputs = [], outputs = [], instructions = [], segments = [] } = parts;
  const constants = parts.constants ?? table(0, [0n]);
  const bindings = [binding('input_0', 'input'), binding('output_0', 'output')];
  const delegate = table('TensorRTBackend', table(0, 0), []);
  const chain = table(null, null, instructions);
  const method = table('forward', null, values, inputs, outputs, [chain], null, [delegate], [0n, 64n]);
  const inline = table(encodeBlob({ engine: encodePlan(scriptedPlan({ bindings })) }));
  return craftFlatbuffer(PROGRAM_LAYOUT, table(0, [method], null, [inline], segments, constants), 'ET12');
}

/** How two executions of a method end: its values stay what the first one made of them. */
function ends(parts: MethodParts, change: (file: Uint8Array) => Uint8Array = (file) => file): string[] {
  const method = 'forward';
  const { steps } = runReference({
    program: change(program(parts)),
    verification: 'internal-consistency',
    device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
    module: null,
    steps: [
      { op: 'load', method, options: null },
      { op: 'execute', method },
      { op: 'execute', method },
    ],
  });
  return steps.map((step) => (step.kind === 'ok' ? 'ok' : `${step.phase} ${step.error}`));
}

const bothEnd = (end: string): string[] => ['ok', end, end];

describe('inputs', () => {
  it.each<[string, MethodParts, string]>([
    ['a tensor of the caller', { values: [tensor([2])], inputs: [0] }, 'ok'],
    ['a planned tensor', { values: [tensor([2], { plan: planned })], inputs: [0] }, 'ok'],
    ['nothing', { values: [NONE], inputs: [0] }, 'ok'],
    ['no value', { values: [NONE], inputs: [1] }, 'execute InvalidProgram'],
    ['a negative value', { values: [NONE], inputs: [-1] }, 'execute InvalidProgram'],
    ['a number, which is given as none', { values: [NUMBER], inputs: [0] }, 'execute InvalidArgument'],
    ['a list', { values: [LIST], inputs: [0] }, 'execute Internal'],
    ['an empty tensor', { values: [tensor([0])], inputs: [0] }, 'ok'],
    [
      'a planned tensor of another device',
      { values: [tensor([2], { plan: planned, device: 1 })], inputs: [0] },
      'execute NotSupported',
    ],
    ['a tensor of another device', { values: [tensor([2], { device: 1 })], inputs: [0] }, 'ok'],
    ['as much as there is memory', { values: [tensor([2 ** 27])], inputs: [0] }, 'ok'],
    ['more', { values: [tensor([2 ** 27 + 1])], inputs: [0] }, 'execute MemoryAllocationFailed'],
    [
      'more together',
      { values: [tensor([2 ** 26]), tensor([2 ** 26 + 1])], inputs: [0, 1] },
      'execute MemoryAllocationFailed',
    ],
    ['65,535', { values: [NONE], inputs: Array<number>(65_535).fill(0) }, 'ok'],
    ['65,536', { values: [NONE], inputs: Array<number>(65_536).fill(0) }, 'execute MemoryAllocationFailed'],
  ])('may be %s', (_, parts, end) => {
    expect(ends(parts)).toEqual(bothEnd(end));
  });
});

describe('outputs', () => {
  it.each<[string, MethodParts, string]>([
    ['a tensor', { values: [tensor([2])], outputs: [0] }, 'ok'],
    ['a planned tensor', { values: [tensor([2], { plan: planned })], outputs: [0] }, 'ok'],
    ['a number', { values: [NUMBER], outputs: [0] }, 'ok'],
    ['no value', { values: [NONE], outputs: [1] }, 'execute InvalidProgram'],
    ['a negative value', { values: [NONE], outputs: [-1] }, 'execute InvalidProgram'],
    ['a list', { values: [LIST], outputs: [0] }, 'execute Internal'],
    [
      'more than there is memory',
      { values: [tensor([2 ** 27 + 1])], outputs: [0] },
      'execute MemoryAllocationFailed',
    ],
    ['65,536', { values: [NONE], outputs: Array<number>(65_536).fill(0) }, 'execute MemoryAllocationFailed'],
  ])('may be %s', (_, parts, end) => {
    expect(ends(parts)).toEqual(bothEnd(end));
  });
});

describe('a call of a delegate', () => {
  const unlike = tensor([1, 3]);
  it.each<[string, MethodParts, string]>([
    [
      'on tensors of the caller',
      { values: PAIR, inputs: [0], outputs: [1], instructions: [call(0, 1)] },
      'ok',
    ],
    [
      'on an input without data',
      { values: PAIR, outputs: [1], instructions: [call(0, 1)] },
      'execute InvalidProgram',
    ],
    [
      'on an output without data',
      { values: PAIR, inputs: [0], instructions: [call(0, 1)] },
      'execute InvalidProgram',
    ],
    [
      'on a tensor that takes no other shape',
      { values: [PAIR[0] ?? NONE, unlike], inputs: [0], outputs: [1], instructions: [call(0, 1)] },
      'execute NotSupported',
    ],
    [
      'on a tensor that takes a smaller shape',
      {
        values: [PAIR[0] ?? NONE, tensor([4, 3], { dynamism: 1 })],
        inputs: [0],
        outputs: [1],
        instructions: [call(0, 1)],
      },
      'ok',
    ],
    [
      'on a tensor that cannot take a larger one',
      {
        values: [PAIR[0] ?? NONE, tensor([1, 3], { dynamism: 1 })],
        inputs: [0],
        outputs: [1],
        instructions: [call(0, 1)],
      },
      'execute NotSupported',
    ],
    [
      'on a tensor that does not say what shapes it takes',
      {
        values: [PAIR[0] ?? NONE, tensor([1, 3], { dynamism: 7 })],
        inputs: [0],
        outputs: [1],
        instructions: [call(0, 1)],
      },
      'ok',
    ],
    [
      'on what the one before gave',
      {
        values: [PAIR[0] ?? NONE, tensor([4, 3], { dynamism: 1 }), tensor([2, 3])],
        inputs: [0],
        outputs: [1, 2],
        instructions: [call(0, 1), call(1, 2)],
      },
      'ok',
    ],
  ])('%s', (_, parts, end) => {
    expect(ends(parts)).toEqual(bothEnd(end));
  });

  it('is followed as long as an outcome can hold all calls', () => {
    const calls = Array<CraftedTable>(256).fill(call(0, 1));
    const parts = { values: PAIR, inputs: [0], outputs: [1] };
    // Each of the two executions, and four calls of the load.
    expect(ends({ ...parts, instructions: calls.slice(0, 125) })).toEqual(bothEnd('ok'));
    for (const count of [126, 255, 256]) {
      expect(() => ends({ ...parts, instructions: calls.slice(0, count) })).toThrow(UnmodelledProgramError);
    }
  });
});

describe('a constant', () => {
  /** Puts an extended header and a segment of 64 zeros around a program. */
  function withSegment(flatbuffer: Uint8Array): Uint8Array {
    const size = flatbuffer.length + 32;
    const file = new Uint8Array(size + 64);
    const view = new DataView(file.buffer);
    file.set(flatbuffer.subarray(0, 8));
    view.setUint32(0, view.getUint32(0, true) + 32, true);
    file.set([0x65, 0x68, 0x30, 0x30, 32], 8);
    view.setBigUint64(16, BigInt(size), true);
    view.setBigUint64(24, BigInt(size), true);
    view.setBigUint64(32, 64n, true);
    file.set(flatbuffer.subarray(8), 40);
    return file;
  }

  const segments = [table(0n, 64n)];
  const constants = table(0, [0n, 0n]);
  const withConstant = (parts: Omit<MethodParts, 'values'>, sizes: readonly number[] = [2, 3]): string[] =>
    ends(
      { values: [tensor(sizes, { constant: 1 }), tensor([2, 3])], ...parts, segments, constants },
      withSegment,
    );

  it('may be read by a delegate, and be an empty input or output', () => {
    expect(withConstant({ outputs: [1], instructions: [call(0, 1)] })).toEqual(bothEnd('ok'));
    expect(withConstant({ inputs: [0], outputs: [0] }, [0])).toEqual(bothEnd('ok'));
  });

  it('that is written over is not modelled', () => {
    expect(() => withConstant({ inputs: [0] })).toThrow('an input is a constant');
    expect(() => withConstant({ inputs: [1], instructions: [call(1, 0)] })).toThrow(
      'an output is a constant',
    );
  });
});

describe('other instructions', () => {
  const bad = call();
  const notTaken = ['ok', 'ok', 'ok'];
  it.each<[string, MethodParts, string[]]>([
    ['a jump over a call', { values: [NO], instructions: [jump(0, 2), bad] }, notTaken],
    [
      'a jump that is not taken',
      { values: [YES], instructions: [jump(0, 2), bad] },
      bothEnd('execute InvalidArgument'),
    ],
    ['a jump behind the end', { values: [NO], instructions: [jump(0, 9), bad] }, notTaken],
    ['a jump before the start', { values: [NO], instructions: [jump(0, -1), bad] }, notTaken],
    [
      'a jump by a number',
      { values: [NUMBER], instructions: [jump(0, 2)] },
      bothEnd('execute InvalidProgram'),
    ],
    [
      'a jump by numbers',
      { values: [tensor([2])], instructions: [jump(0, 2)] },
      bothEnd('execute InvalidProgram'),
    ],
    [
      'a jump by no data',
      { values: [tensor([2], { type: BOOL })], instructions: [jump(0, 2)] },
      bothEnd('execute InvalidState'),
    ],
    [
      'a jump by zeros',
      { values: [tensor([2], { type: BOOL })], inputs: [0], instructions: [jump(0, 2), bad] },
      notTaken,
    ],
    [
      'a jump by an empty tensor',
      { values: [tensor([0], { type: BOOL, plan: planned })], instructions: [jump(0, 2), bad] },
      bothEnd('execute InvalidArgument'),
    ],
    ['a jump to itself', { values: [NO], instructions: [jump(0, 0)] }, bothEnd('execute InvalidProgram')],
    [
      'a jump around in a circle that moves something',
      { values: [NO, NONE], instructions: [move(1, 1), jump(0, 0)] },
      bothEnd('execute InvalidProgram'),
    ],
    [
      'as many jumps in a row as there are instructions',
      { values: [NO, YES], instructions: [jump(0, 2), bad, jump(0, 1 + 2), jump(1, 0)] },
      notTaken,
    ],
    ['a free of a tensor', { values: [tensor([2])], instructions: [free(0)] }, notTaken],
    ['a free of nothing', { values: [NONE], instructions: [free(0)] }, bothEnd('execute InvalidType')],
    [
      'a free of a planned input, which is missed later',
      { values: [tensor([2], { plan: planned })], inputs: [0], instructions: [free(0)] },
      ['ok', 'ok', 'execute InvalidArgument'],
    ],
    [
      'a move of a number over a tensor',
      { values: [tensor([2]), NUMBER], inputs: [0], instructions: [move(1, 0)] },
      ['ok', 'ok', 'execute InvalidArgument'],
    ],
    [
      'a move of a tensor over a number',
      { values: [tensor([2]), NUMBER], outputs: [1], instructions: [move(0, 1)] },
      notTaken,
    ],
    [
      'a move of a tensor over none',
      { values: [tensor([2]), NONE], inputs: [1], instructions: [move(0, 1)] },
      ['ok', 'ok', 'execute InvalidArgument'],
    ],
    [
      'a move of a larger tensor over an input',
      { values: [tensor([2]), tensor([3])], inputs: [0], instructions: [move(1, 0)] },
      ['ok', 'ok', 'execute NotSupported'],
    ],
    [
      'a move of a tensor of any shape over an input',
      { values: [tensor([2]), tensor([3], { dynamism: 7 })], inputs: [0], instructions: [move(1, 0)] },
      ['ok', 'ok', 'execute InvalidArgument'],
    ],
    [
      'a move of a tensor of another rank over an input',
      { values: [tensor([2]), tensor([1, 2], { dynamism: 1 })], inputs: [0], instructions: [move(1, 0)] },
      ['ok', 'ok', 'execute NotSupported'],
    ],
    [
      'a move of a tensor of another type over an input',
      { values: [tensor([2]), tensor([2], { type: BOOL })], inputs: [0], instructions: [move(1, 0)] },
      ['ok', 'ok', 'execute InvalidArgument'],
    ],
    [
      'a move of a larger tensor over an output',
      { values: [tensor([2]), tensor([3])], outputs: [0], instructions: [move(1, 0)] },
      ['ok', 'ok', 'execute InvalidArgument'],
    ],
    [
      'a move of a number over an output',
      { values: [tensor([2]), NUMBER], outputs: [0], instructions: [move(1, 0)] },
      ['ok', 'ok', 'execute InvalidArgument'],
    ],
  ])('%s', (_, parts, expected) => {
    expect(ends(parts)).toEqual(expected);
  });

  it('a jump by what a delegate wrote is not modelled', () => {
    const values = [...PAIR, tensor([2], { type: BOOL })];
    const parts = { values, inputs: [0, 2], outputs: [1], instructions: [call(0, 1), jump(2, 9)] };
    expect(() => ends(parts)).toThrow(UnmodelledProgramError);
  });
});
