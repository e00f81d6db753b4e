import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  craftFlatbuffer,
  type CraftedField,
  type CraftedTable,
  type CraftedUnion,
} from './craft-flatbuffer.js';
import { PROGRAM_LAYOUT } from './flatbuffer-layout.js';
import type { ProgramFault } from './program-fault.js';
import type { MethodFile } from './program-file.js';
import { findMethod, readProgram } from './read-program.js';
import { PRIMITIVE_KERNELS } from './stock-kernels.js';
import type { Verification } from './open-program.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const table = (...fields: CraftedField[]): CraftedTable => ({ fields });
const union = (type: number, ...fields: CraftedField[]): CraftedTable =>
  table({ type, table: table(...fields) } satisfies CraftedUnion);
const emptyUnion = (type: number): CraftedTable => table({ type, table: null });

// Types of values and instructions.
const NULL = 1;
const INT = 2;
const TENSOR = 5;
const STRING = 6;
const INT_LIST = 7;
const DOUBLE_LIST = 8;
const BOOL_LIST = 9;
const TENSOR_LIST = 10;
const OPTIONAL_TENSOR_LIST = 11;
const KERNEL = 1;
const DELEGATE = 2;
const MOVE = 3;
const JUMP_FALSE = 4;
const FREE = 5;

interface Tensor {
  scalarType?: number;
  storageOffset?: number;
  sizes?: readonly number[] | null;
  dimOrder?: readonly number[] | null;
  data?: number;
  allocation?: CraftedTable | null;
  dynamism?: number;
  extra?: CraftedTable | null;
}

const tensor = (t: Tensor = {}): CraftedTable =>
  union(
    TENSOR,
    t.scalarType ?? 6,
    t.storageOffset ?? 0,
    t.sizes === undefined ? [2, 3] : t.sizes,
    t.dimOrder === undefined ? [0, 1] : t.dimOrder,
    0,
    t.data ?? 0,
    t.allocation ?? null,
    0,
    t.dynamism ?? 0,
    t.extra ?? null,
  );
const external = (name: string | null): CraftedTable => table(0n, name, 1);

interface Method {
  name?: string | null;
  values?: readonly CraftedTable[] | null;
  inputs?: readonly number[] | null;
  outputs?: readonly number[] | null;
  chains?: readonly CraftedTable[] | null;
  operators?: readonly CraftedTable[] | null;
  delegates?: readonly CraftedTable[] | null;
  sizes?: readonly bigint[] | null;
}

const or = <T>(value: T | undefined, standard: T): T => (value === undefined ? standard : value);
const method = (m: Method = {}): CraftedTable =>
  table(
    or(m.name, 'forward'),
    null,
    or(m.values, [emptyUnion(NULL)]),
    or(m.inputs, []),
    or(m.outputs, []),
    or(m.chains, [table(null, null, [])]),
    or(m.operators, null),
    or(m.delegates, []),
    or(m.sizes, [0n]),
  );
const chain = (...instructions: CraftedTable[]): readonly CraftedTable[] => [table(null, null, instructions)];
const delegate = (
  id: string | null,
  processed: CraftedTable | null,
  specs: CraftedTable[] | null = [],
): CraftedTable => table(id, processed, specs);
const inlineData = (index = 0): CraftedTable => table(0, index);
const segmentData = (index: number): CraftedTable => table(1, index);

interface Program {
  version?: number;
  methods?: readonly CraftedTable[] | null;
  constantBuffer?: readonly CraftedTable[] | null;
  inline?: readonly CraftedTable[] | null;
  segments?: readonly CraftedTable[] | null;
  constants?: CraftedTable | null;
  namedData?: readonly CraftedTable[] | null;
  /** Where tensors with an initial state have it. */
  states?: readonly CraftedTable[] | null;
}

const craft = (p: Program = {}): Uint8Array =>
  craftFlatbuffer(
    PROGRAM_LAYOUT,
    table(
      p.version ?? 0,
      or(p.methods, [method()]),
      or(p.constantBuffer, null),
      or(p.inline, [table(bytes('data'))]),
      or(p.segments, []),
      or(p.constants, table(0, [0n])),
      or(p.states, null),
      or(p.namedData, null),
    ),
    'ET12',
  );

/** Puts an extended header and segment data around a crafted program. */
function withHeader(flatbuffer: Uint8Array, data: Uint8Array, base: bigint | null = null): Uint8Array {
  const size = flatbuffer.length + 32;
  const file = new Uint8Array(size + data.length);
  const view = new DataView(file.buffer);
  file.set(flatbuffer.subarray(0, 8));
  view.setUint32(0, new DataView(flatbuffer.buffer).getUint32(0, true) + 32, true);
  file.set(bytes('eh00'), 8);
  view.setUint32(12, 32, true);
  view.setBigUint64(16, BigInt(size), true);
  view.setBigUint64(24, base ?? BigInt(size), true);
  view.setBigUint64(32, base === null ? BigInt(data.length) : 0n, true);
  file.set(flatbuffer.subarray(8), 40);
  file.set(data, size);
  return file;
}

function fault(file: Uint8Array, verification?: Verification): string | null {
  const read = readProgram(file, verification);
  return read.ok ? null : text(read.fault);
}

const text = ({ code, error }: ProgramFault): string => `${code} ${error ?? 'undefined'}`;

/** The method `forward` of a program that is in order as a whole. */
function forward(file: Uint8Array, verification: Verification = 'minimal'): MethodFile {
  const read = readProgram(file, verification);
  if (!read.ok) throw new Error(read.fault.message);
  const found = findMethod(read.program, 'forward');
  if (!found.ok) throw new Error(found.fault.message);
  return found.value;
}

const entry = (m: Method, p: Program = {}): string | null => {
  const { entryFault } = forward(craft({ methods: [method(m)], ...p }));
  return entryFault === null ? null : text(entryFault);
};
const exit = (m: Method): string | null => {
  const { exitFault } = forward(craft({ methods: [method(m)] }));
  return exitFault === null ? null : text(exitFault);
};

describe('the file as a whole', () => {
  it('is read with either verification', () => {
    expect(fault(craft())).toBeNull();
    expect(fault(craft(), 'minimal')).toBeNull();
  });

  it('needs 64 bytes and its identifier (WSB-PROG-01)', () => {
    expect(fault(craft().subarray(0, 63))).toBe('too-short InvalidArgument');
    const other = craft();
    other[7] = 0x31;
    expect(fault(other)).toBe('wrong-identifier InvalidProgram');
    expect(fault(bytes('no program at all '.repeat(10)))).toBe('wrong-identifier InvalidProgram');
  });

  it.each<[string, (view: DataView, size: number) => void, string | null]>([
    [
      'a length of 23',
      (v) => {
        v.setUint32(12, 23, true);
      },
      'bad-header InvalidProgram',
    ],
    [
      'a length of 24',
      (v) => {
        v.setUint32(12, 24, true);
      },
      null,
    ],
    [
      'a length of 2^32 - 1',
      (v) => {
        v.setUint32(12, 2 ** 32 - 1, true);
      },
      null,
    ],
    [
      'another magic',
      (v) => {
        v.setUint8(8, 0);
      },
      null,
    ],
    [
      'a program of 0 bytes',
      (v) => {
        v.setBigUint64(16, 0n, true);
      },
      'bad-header InvalidProgram',
    ],
    [
      'a program of 40 bytes',
      (v) => {
        v.setBigUint64(16, 40n, true);
      },
      'inconsistent InvalidProgram',
    ],
    [
      'a program of 2^60 bytes',
      (v) => {
        v.setBigUint64(16, 2n ** 60n, true);
      },
      'out-of-file InvalidArgument',
    ],
    [
      'a segment base past the file',
      (v, size) => {
        v.setBigUint64(24, BigInt(size), true);
      },
      'truncated InvalidProgram',
    ],
    [
      'a segment base of 2^64 - 1',
      (v) => {
        v.setBigUint64(24, 2n ** 64n - 1n, true);
      },
      'truncated InvalidProgram',
    ],
    [
      'one byte of segment data too many',
      (v) => {
        v.setBigUint64(32, 5n, true);
      },
      'truncated InvalidProgram',
    ],
    [
      'one byte of segment data too few',
      (v) => {
        v.setBigUint64(32, 3n, true);
      },
      null,
    ],
    [
      'no segments and a program past the file',
      (v) => {
        v.setBigUint64(24, 0n, true);
        v.setBigUint64(16, 2n ** 32n, true);
      },
      'truncated InvalidProgram',
    ],
  ])('with a header of %s', (_, edit, expected) => {
    const file = withHeader(craft(), bytes('data'));
    edit(new DataView(file.buffer), file.length);
    for (const verification of ['minimal', 'internal-consistency'] as const) {
      const found = fault(file, verification);
      // Without its header the flatbuffer is not where the verifier expects its alignment.
      expect(found === expected || (expected === null && found?.startsWith('inconsistent') === true)).toBe(
        true,
      );
    }
  });

  it('is found cut short where it has a header (WSB-PROG-02)', () => {
    const file = withHeader(craft(), bytes('data'));
    for (let size = 64; size < file.length; size++) {
      expect(fault(file.subarray(0, size), 'minimal')).toBe('truncated InvalidProgram');
    }
    expect(fault(file)).toBeNull();
  });

  it('may have bytes behind its end (WSB-PROG-05)', () => {
    const file = craft();
    const longer = new Uint8Array(file.length + 100).fill(0xff);
    longer.set(file);
    expect(fault(longer)).toBeNull();
  });

  it.each<[string, Program, string]>([
    ['another schema version', { version: 1 }, 'unknown-version InvalidProgram'],
    ['named data without segments', { namedData: [], segments: null }, 'no-segments InvalidArgument'],
    ['no constant segment', { constants: null }, 'missing-field InvalidProgram'],
    ['no offsets of constants', { constants: table(0) }, 'missing-field InvalidProgram'],
    [
      'constants in two places',
      { constants: table(0, [0n, 0n]), constantBuffer: [table(bytes('x'))] },
      'bad-value InvalidProgram',
    ],
    [
      'constants without segments',
      { constants: table(0, [0n, 0n]), segments: null },
      'missing-field InvalidProgram',
    ],
    [
      'constants in a segment that is not there',
      { constants: table(1, [0n, 0n]), segments: [table(0n, 0n)] },
      'bad-index InvalidProgram',
    ],
    [
      'constants beyond the file',
      { constants: table(0, [0n, 0n]), segments: [table(0n, 2n ** 40n)] },
      'segment-out-of-file InvalidArgument',
    ],
  ])('with %s', (_, program, expected) => {
    expect(fault(craft(program), 'minimal')).toBe(expected);
    expect(fault(craft(program))).toBe(expected);
  });

  it('may have named data and constants', () => {
    const constants = table(0, [0n, 0n]);
    const segments = [table(0n, 4n)];
    expect(fault(craft({ namedData: [table('k', 0)], constants, segments }))).toBeNull();
  });

  it('is looked at value by value with internal consistency alone', () => {
    const damaged: Method[] = [
      { values: null },
      { values: [tensor({ sizes: null })] },
      { values: [tensor({ sizes: [-1] })] },
      { values: [tensor({ scalarType: 99 })] },
      { values: [tensor({ sizes: [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1] })] },
      { values: [tensor({ scalarType: 7, sizes: [2 ** 31 - 1, 2 ** 31 - 1, 2] })] },
      { values: [emptyUnion(TENSOR)] },
      { values: [emptyUnion(TENSOR_LIST)] },
      { values: [union(TENSOR_LIST, null)] },
      { values: [union(TENSOR_LIST, [1])] },
      { values: [union(TENSOR_LIST, [-1])] },
      { values: [emptyUnion(NULL), union(TENSOR_LIST, [0])] },
    ];
    for (const values of damaged) {
      const file = craft({ methods: [method(values)] });
      expect(fault(file)).toMatch(/^(bad-value|missing-field) InvalidProgram$/);
      expect(fault(file, 'minimal')).toBeNull();
    }
    expect(fault(craft({ methods: null }))).toBe('missing-field InvalidProgram');
    expect(
      fault(
        craft({ methods: [method({ values: [tensor(), union(TENSOR_LIST, [0])], inputs: [7, -1, 0] })] }),
      ),
    ).toBeNull();
  });

  it('leaves the size of a dynamic input open', () => {
    const huge = tensor({ sizes: [-1], dynamism: 1 });
    expect(fault(craft({ methods: [method({ values: [huge], inputs: [0] })] }))).toBeNull();
    expect(fault(craft({ methods: [method({ values: [huge], inputs: [] })] }))).toBe(
      'bad-value InvalidProgram',
    );
    expect(fault(craft({ methods: [method({ values: [emptyUnion(TENSOR)], inputs: [0] })] }))).toBe(
      'bad-value InvalidProgram',
    );
  });
});

describe('methods', () => {
  it('are found by name, the first of equal names', () => {
    const file = craft({
      methods: [method({ name: null }), method({ name: 'a' }), method({ sizes: [0n, 7n] }), method()],
    });
    expect(forward(file).plannedBytes).toEqual([7n]);
    const read = readProgram(file);
    if (!read.ok) throw new Error(read.fault.message);
    const missing = findMethod(read.program, 'A');
    expect(missing.ok ? null : text(missing.fault)).toBe('no-such-method InvalidArgument');
  });

  it('cannot be looked for without a list of them', () => {
    const read = readProgram(craft({ methods: null }), 'minimal');
    const found = read.ok ? findMethod(read.program, 'forward') : read;
    expect(found.ok ? null : text(found.fault)).toBe('crash-hazard undefined');
  });

  it.each<[string, Method, string | null]>([
    ['nothing amiss', {}, null],
    ['no sizes', { sizes: null }, 'missing-field InvalidProgram'],
    ['no inputs', { inputs: null }, 'missing-field InvalidProgram'],
    ['no outputs', { outputs: null }, 'missing-field InvalidProgram'],
    ['no values', { values: null }, 'missing-field InvalidProgram'],
    ['no delegates', { delegates: null }, 'missing-field InvalidProgram'],
  ])('with %s', (_, m, expected) => {
    expect(entry(m)).toBe(expected);
  });

  it.each<[string, CraftedTable[], string | null]>([
    ['all plain types', [emptyUnion(NULL), union(NULL), union(INT, 1n), union(3, 1), union(4, 1n)], null],
    [
      'lists and strings',
      [union(STRING, 'x'), union(DOUBLE_LIST, [1n]), union(BOOL_LIST, [1]), union(INT_LIST, [0n, 2n])],
      null,
    ],
    ['an empty int', [emptyUnion(INT)], 'missing-field InvalidProgram'],
    ['type 0', [union(0)], 'bad-value InvalidProgram'],
    ['type 12', [union(12)], 'bad-value InvalidProgram'],
    ['a string without text', [union(STRING, null)], 'missing-field InvalidProgram'],
    ['an int list without items', [union(INT_LIST, null)], 'missing-field InvalidProgram'],
    ['an int list of nothing', [union(INT_LIST, [1n])], 'bad-index InvalidProgram'],
    ['an int list of -1', [union(INT_LIST, [-1n])], 'bad-index InvalidProgram'],
    ['a tensor list', [tensor(), union(TENSOR_LIST, [0])], null],
    ['a tensor list without items', [union(TENSOR_LIST, null)], 'missing-field InvalidProgram'],
    ['a tensor list of nothing', [union(TENSOR_LIST, [1])], 'bad-index InvalidProgram'],
    ['a tensor list of -1', [union(TENSOR_LIST, [-1])], 'bad-index InvalidProgram'],
    ['a tensor list of no tensor', [emptyUnion(NULL), union(TENSOR_LIST, [0])], 'no-tensor InvalidType'],
    ['a tensor list of a later tensor', [union(TENSOR_LIST, [1]), tensor()], 'crash-hazard undefined'],
    ['an optional tensor list', [tensor(), emptyUnion(NULL), union(OPTIONAL_TENSOR_LIST, [-1, 0, 1])], null],
    [
      'an optional tensor list without items',
      [union(OPTIONAL_TENSOR_LIST, null)],
      'missing-field InvalidProgram',
    ],
    ['an optional tensor list of -2', [union(OPTIONAL_TENSOR_LIST, [-2])], 'bad-index InvalidProgram'],
  ])('with values: %s', (_, values, expected) => {
    expect(entry({ values })).toBe(expected);
  });

  const arena = { sizes: [0n, 24n] };
  it.each<[string, Tensor, string | null, Method?]>([
    ['nothing amiss', {}, null],
    ['no dimensions', { sizes: [], dimOrder: [] }, null],
    ['a dynamic shape', { dynamism: 1 }, null],
    ['a storage offset', { storageOffset: 1 }, 'unsupported-value NotSupported'],
    ['scalar type 30', { scalarType: 30 }, 'bad-value InvalidProgram'],
    ['scalar type -1', { scalarType: -1 }, 'bad-value InvalidProgram'],
    ['an unbounded shape', { dynamism: 2 }, 'unsupported-value NotSupported'],
    ['no sizes', { sizes: null }, 'missing-field InvalidProgram'],
    ['rank 17', { sizes: new Array<number>(17).fill(1) }, 'bad-value InvalidProgram'],
    ['no dim_order', { dimOrder: null }, 'missing-field InvalidProgram'],
    ['a dim_order of another rank', { dimOrder: [0] }, 'missing-field InvalidProgram'],
    ['a negative size', { sizes: [2, -3] }, 'bad-value InvalidProgram'],
    ['a dimension twice', { dimOrder: [0, 0] }, 'bad-tensor Internal'],
    ['a dimension too many', { dimOrder: [0, 2] }, 'bad-tensor Internal'],
    [
      'a size that overflows',
      { sizes: [2 ** 31 - 1, 2 ** 31 - 1, 9], dimOrder: [0, 1, 2] },
      'crash-hazard undefined',
    ],
    ['a place in an arena', { allocation: table(1, 0, 0) }, null, arena],
    [
      'a place beyond an arena',
      { allocation: table(1, 1, 0) },
      'memory-plan-too-small MemoryAllocationFailed',
      arena,
    ],
    [
      'a place 2^32 beyond',
      { allocation: table(1, 0, 1) },
      'memory-plan-too-small MemoryAllocationFailed',
      arena,
    ],
    ['a place in no arena', { allocation: table(2, 0, 0) }, 'bad-memory-plan InvalidArgument', arena],
    ['an initial state', { allocation: table(1, 0, 0), data: 1 }, 'no-such-segment NotFound', arena],
    ['a constant without a segment', { data: 1 }, 'bad-index InvalidProgram'],
    ['a constant in another file', { extra: external('x') }, 'no-data-map InvalidState'],
    [
      'a planned tensor in another file',
      { extra: external('x'), allocation: table(1, 0, 0) },
      'no-external-data InvalidExternalData',
      arena,
    ],
    [
      'a planned tensor in another file without a name',
      { extra: external(null), allocation: table(1, 0, 0) },
      'no-external-data InvalidExternalData',
      arena,
    ],
    ['facts beside it', { extra: table(0n, 'x', 0) }, null],
  ])('with a tensor of %s', (_, t, expected, m = {}) => {
    expect(entry({ values: [tensor(t)], ...m })).toBe(expected);
  });

  it.each<[number, bigint, string | null]>([
    [1, 0n, null],
    [1, 8n, null],
    [1, 9n, 'no-such-constant InvalidArgument'],
    [2, 0n, 'no-such-constant InvalidArgument'],
  ])('with constant %s at %s of 32 bytes', (data, offset, expected) => {
    const program = { constants: table(0, [0n, offset]), segments: [table(0n, 32n)] };
    expect(entry({ values: [tensor({ data })] }, program)).toBe(expected);
  });
});

describe('a tensor with an initial state', () => {
  const MAX = 2n ** 64n - 1n;
  const plannedTensor = tensor({ allocation: table(1, 0, 0), data: 1 });
  const withStates = (p: Program, base: bigint | null = null): string | null => {
    const file = craft({
      methods: [method({ values: [plannedTensor], sizes: [0n, 64n] })],
      segments: [table(0n, 40n)],
      states: [table(0, [0n, 16n])],
      ...p,
    });
    const { entryFault } = forward(withHeader(file, new Uint8Array(40), base));
    return entryFault === null ? null : text(entryFault);
  };

  it.each<[string, Program, string | null]>([
    ['is read where the file has it', {}, null],
    ['needs a list of states', { states: null }, 'no-such-segment NotFound'],
    ['needs a state', { states: [] }, 'no-such-segment NotFound'],
    ['needs offsets', { states: [table(0)] }, 'no-such-segment NotFound'],
    ['needs its offset', { states: [table(0, [0n])] }, 'no-such-segment NotFound'],
    ['needs a list of segments', { segments: null }, 'missing-field InvalidProgram'],
    ['needs its segment', { states: [table(1, [0n, 0n])] }, 'no-such-segment NotFound'],
    ['ends with its segment', { states: [table(0, [0n, 17n])] }, 'segment-out-of-file InvalidArgument'],
    ['does not wrap', { states: [table(0, [0n, MAX])] }, 'offset-overflow InvalidProgram'],
    ['starts within 64 bits', { segments: [table(MAX, 40n)] }, 'offset-overflow InvalidProgram'],
    [
      'ends with the file',
      { segments: [table(0n, 41n)], states: [table(0, [0n, 17n])] },
      'segment-out-of-file InvalidArgument',
    ],
  ])('%s', (_, p, expected) => {
    expect(withStates(p)).toBe(expected);
  });
});

describe('instructions', () => {
  const operators = [table('op', 'out')];

  it('are read as calls of delegates with their arguments', () => {
    const values = [tensor({ scalarType: 5, dynamism: 1 }), emptyUnion(NULL)];
    const chains = chain(
      union(DELEGATE, 3, [0, 1]),
      union(MOVE, 0, 1),
      union(JUMP_FALSE, 1, 0),
      union(FREE, 1),
    );
    const read = forward(craft({ methods: [method({ values, chains })] }), 'internal-consistency');
    expect(read.exitFault).toBeNull();
    expect(read.values).toEqual([
      {
        kind: 'tensor',
        shape: [2, 3],
        dynamism: 'bounded',
        scalarType: 5,
        elementBytes: 2,
        device: { type: 0, index: 0 },
        arena: null,
        place: 'caller',
      },
      { kind: 'none' },
    ]);
    expect(read.chains).toEqual([
      [
        { kind: 'delegate', index: 3, args: [0, 1] },
        { kind: 'move', from: 0, to: 1 },
        { kind: 'jump-false', condition: 1, target: 0 },
        { kind: 'free', value: 1 },
      ],
    ]);
  });

  it.each<[string, Method, string | null]>([
    ['no list of chains', { chains: null }, 'no-chain InvalidProgram'],
    ['no chain', { chains: [] }, 'no-chain InvalidProgram'],
    ['a chain without instructions', { chains: [table()] }, 'missing-field InvalidProgram'],
    ['an empty instruction', { chains: chain(emptyUnion(DELEGATE)) }, 'missing-field InvalidProgram'],
    ['an unknown instruction', { chains: chain(union(6)) }, 'bad-value InvalidProgram'],
    ['instruction type 0', { chains: chain(union(0)) }, 'bad-value InvalidProgram'],
    ['a call without arguments', { chains: chain(union(DELEGATE, 0, null)) }, 'missing-field InvalidProgram'],
    ['an argument of nothing', { chains: chain(union(DELEGATE, 0, [1])) }, 'bad-index InvalidProgram'],
    ['a negative argument', { chains: chain(union(KERNEL, 0, [-1])), operators }, 'bad-index InvalidProgram'],
    ['a move from nothing', { chains: chain(union(MOVE, 1, 0)) }, 'bad-index InvalidProgram'],
    ['a move to nothing', { chains: chain(union(MOVE, 0, 1)) }, 'bad-index InvalidProgram'],
    ['a jump on nothing', { chains: chain(union(JUMP_FALSE, -1, 0)) }, 'bad-index InvalidProgram'],
    ['a free of nothing', { chains: chain(union(FREE, 1)) }, 'bad-index InvalidProgram'],
    ['an operator', { chains: chain(union(KERNEL, 0, [0])), operators }, 'operator-missing OperatorMissing'],
    [
      'an overload that begins with a NUL, of a kernel without overload',
      { chains: chain(union(KERNEL, 0, [])), operators: [table('aten::copy_', '\0')] },
      'operator-missing OperatorMissing',
    ],
    [
      'an overload without bytes, of a kernel without overload',
      { chains: chain(union(KERNEL, 0, [])), operators: [table('aten::copy_', '')] },
      null,
    ],
    [
      'an operator with a name that is too long',
      { chains: chain(union(KERNEL, 0, [])), operators: [table('o'.repeat(95), 'over')] },
      'long-operator Internal',
    ],
    [
      'an operator without a name',
      { chains: chain(union(KERNEL, 0, [])), operators: [table()] },
      'bad-index InvalidProgram',
    ],
    [
      'an operator of nothing',
      { chains: chain(union(KERNEL, 1, [])), operators },
      'bad-index InvalidProgram',
    ],
    ['no operators', { chains: chain(union(KERNEL, 0, [])) }, 'bad-index InvalidProgram'],
    [
      'an operator of nothing beside one',
      { chains: chain(union(KERNEL, -1, []), union(KERNEL, 0, [])), operators },
      'operator-missing OperatorMissing',
    ],
    ['a chain in order', { chains: chain() }, null],
  ])('with %s', (_, m, expected) => {
    expect(exit(m)).toBe(expected);
  });
});

describe('delegates', () => {
  const read = (
    d: CraftedTable,
    p: Program = {},
    verification: Verification = 'minimal',
  ): MethodFile['delegates'][0] => {
    const [first] = forward(craft({ methods: [method({ delegates: [d] })], ...p }), verification).delegates;
    if (first === undefined) throw new Error('there is no delegate');
    return first;
  };
  const dataOf = (d: CraftedTable, p?: Program): string => {
    const { data } = read(d, p);
    return data.ok ? new TextDecoder().decode(data.value.read()) : text(data.fault);
  };

  it('come with their backend, data and compile specs', () => {
    const specs = [table('a', bytes('1')), table('empty', bytes(''))];
    const { data, ...others } = read(delegate('B', inlineData(), specs), {}, 'internal-consistency');
    expect(data.ok && data.value.read()).toEqual(bytes('data'));
    expect(others).toEqual({
      backend: { ok: true, value: 'B' },
      placement: 'inline',
      dataSize: 4,
      compileSpecs: {
        ok: true,
        value: [
          { key: 'a', value: bytes('1') },
          { key: 'empty', value: bytes('') },
        ],
      },
    });
    expect(read(delegate('B', inlineData(), null)).compileSpecs).toEqual({ ok: true, value: [] });
  });

  it('may lack what the runtime needs', () => {
    const noBackend = read(delegate(null, inlineData())).backend;
    expect(noBackend.ok ? null : text(noBackend.fault)).toBe('missing-field InvalidProgram');
    for (const bad of [table(null, bytes('1')), table('a', null)]) {
      const { compileSpecs } = read(delegate('B', inlineData(), [bad]));
      expect(compileSpecs.ok ? null : text(compileSpecs.fault)).toBe('crash-hazard undefined');
    }
  });

  it('have their data inline (WSB-PROG-03, WSB-PROG-06)', () => {
    expect(dataOf(delegate('B', inlineData(0)))).toBe('data');
    expect(dataOf(delegate('B', inlineData(1)))).toBe('no-such-inline-data NotFound');
    expect(dataOf(delegate('B', inlineData(2 ** 31)))).toBe('no-such-inline-data NotFound');
    expect(dataOf(delegate('B', inlineData(0)), { inline: null })).toBe('crash-hazard undefined');
    expect(dataOf(delegate('B', inlineData(0)), { inline: [table()] })).toBe('crash-hazard undefined');
    expect(dataOf(delegate('B', null))).toBe('crash-hazard undefined');
    expect(dataOf(delegate('B', table(7, 0)))).toBe('unknown-placement Internal');
    expect(read(delegate('B', table(7, 0))).placement).toBeNull();
  });

  it('have their data in a segment (WSB-PROG-06, WSB-PROG-07)', () => {
    const inSegment = (
      index: number,
      segments: CraftedTable[] | null,
      base: bigint | null = null,
    ): string => {
      const flatbuffer = craft({
        methods: [method({ delegates: [delegate('B', segmentData(index))] })],
        segments,
      });
      const [first] = forward(withHeader(flatbuffer, bytes('segment'), base)).delegates;
      return first?.data.ok === true
        ? new TextDecoder().decode(first.data.value.read())
        : first === undefined
          ? ''
          : text(first.data.fault);
    };
    expect(inSegment(0, [table(0n, 7n)])).toBe('segment');
    expect(inSegment(1, [table(0n, 0n), table(3n, 4n)])).toBe('ment');
    expect(inSegment(0, [table()])).toBe('');
    expect(inSegment(0, [table(0n, 8n)])).toBe('segment-out-of-file InvalidArgument');
    expect(inSegment(0, [table(8n, 0n)])).toBe('segment-out-of-file InvalidArgument');
    expect(inSegment(0, [table(0n, 2n ** 64n - 1n)])).toBe('segment-out-of-file InvalidArgument');
    expect(inSegment(0, [table(2n ** 64n - 1n, 0n)])).toBe('offset-overflow InvalidProgram');
    expect(inSegment(1, [table(0n, 7n)])).toBe('no-such-segment NotFound');
    expect(inSegment(0, null)).toBe('missing-field InvalidProgram');
    expect(inSegment(0, [table(0n, 7n)], 0n)).toBe('no-such-segment NotFound');
    expect(dataOf(delegate('B', segmentData(0)), { segments: [table(0n, 0n)] })).toBe(
      'no-such-segment NotFound',
    );
  });
});

describe('damage', () => {
  const folder = new URL('../../golden/exporter/', import.meta.url);
  const exported = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));

  it.each<[string, [string, [placement: string, size: number][]][]]>([
    ['one_engine_automatic.pte', [['forward', [['segment', 33052]]]]],
    ['one_engine_budget_8192.pte', [['forward', [['segment', 33052]]]]],
    [
      'two_engines_budget_8192.pte',
      [
        [
          'forward',
          [
            ['segment', 33052],
            ['segment', 33052],
          ],
        ],
      ],
    ],
    ['resident_engine_budget_100.pte', [['forward', [['segment', 11004]]]]],
    ['three_layers_256_budget_0_inline.pte', [['forward', [['inline', 416124]]]]],
    ['layouts/inline.pte', [['forward', [['inline', 100]]]]],
    ['layouts/seg.pte', [['forward', [['segment', 100]]]]],
    [
      'layouts/two_delegates.pte',
      [
        [
          'forward',
          [
            ['segment', 100],
            ['segment', 100],
          ],
        ],
      ],
    ],
    ['layouts/named.pte', [['forward', [['segment', 100]]]]],
    ['layouts/const_kernels.pte', [['forward', [['segment', 100]]]]],
    [
      'layouts/methods.pte',
      [
        ['decode', [['segment', 100]]],
        ['forward', [['segment', 100]]],
        ['prefill', [['segment', 100]]],
      ],
    ],
  ])('is absent from the exporter file %s', (name, methods) => {
    for (const verification of ['minimal', 'internal-consistency'] as const) {
      const read = readProgram(exported(name), verification);
      if (!read.ok) throw new Error(read.fault.message);
      expect(read.program.methodsFault).toBeNull();
      expect(
        read.program.methods.map((m) => [
          m.name,
          m.delegates.map((d) => [d.placement, d.data.ok ? d.data.value.size : null]),
        ]),
      ).toEqual(methods);
      for (const m of read.program.methods) {
        expect(m.entryFault).toBeNull();
        expect(m.exitFault).toBeNull();
      }
    }
  });

  it('is a missing operator for a host without the kernels', () => {
    const file = exported('layouts/const_kernels.pte');
    const read = readProgram(file, 'internal-consistency', 'unknown', PRIMITIVE_KERNELS);
    if (!read.ok) throw new Error(read.fault.message);
    expect(read.program.methods.map(({ exitFault }) => exitFault?.code)).toEqual(['operator-missing']);
  });

  it('of an inline file shows as the runtime shows it', () => {
    const file = exported('layouts/inline.pte');
    expect(fault(file.subarray(0, 64))).toBe('inconsistent InvalidProgram');
    expect(fault(file.subarray(0, 64), 'minimal')).toBe('crash-hazard undefined');
    expect(fault(file.subarray(0, 100), 'minimal')).toBe('crash-hazard undefined');
    expect(fault(file.subarray(0, -1))).toBe('inconsistent InvalidProgram');
    // The NUL behind the name of the method is missing.
    const read = readProgram(file.subarray(0, -1), 'minimal');
    const found = read.ok ? findMethod(read.program, 'forward') : read;
    expect(found.ok ? null : text(found.fault)).toBe('crash-hazard undefined');
  });

  it('anywhere is a fault and never an exception', () => {
    const files = ['layouts/methods.pte', 'layouts/const_kernels.pte', 'layouts/inline.pte'].map(exported);
    const edit = fc.record({ at: fc.nat(2600), value: fc.constantFrom(0, 1, 4, 0x7f, 0x80, 0xff) });
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.nat(3000),
        (file, edits, cut) => {
          const damaged = file.slice(0, cut < 300 ? Math.max(64, file.length - cut) : file.length);
          for (const { at, value } of edits) damaged[at % damaged.length] = value;
          for (const verification of ['minimal', 'internal-consistency'] as const) {
            expect(typeof readProgram(damaged, verification).ok).toBe('boolean');
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('shows up in a method behind it only when the runtime gets there', () => {
    const file = craft({ methods: [method(), method({ name: 'damaged' })] });
    const at = Buffer.from(file).indexOf('damaged') - 4;
    // The name of the second method now starts outside of the file.
    const view = new DataView(file.buffer);
    for (let slot = 8; slot < file.length - 4; slot += 4) {
      if (slot + view.getUint32(slot, true) === at) view.setUint32(slot, 0x7fffffff, true);
    }
    const read = readProgram(file, 'minimal');
    if (!read.ok) throw new Error(read.fault.message);
    expect(findMethod(read.program, 'forward').ok).toBe(true);
    const missing = findMethod(read.program, 'other');
    expect(missing.ok ? null : text(missing.fault)).toBe('crash-hazard undefined');
    expect(fault(file)).toBe('inconsistent InvalidProgram');
  });
});
