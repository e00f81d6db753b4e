import { encodeBlob, encodePlan, scriptedPlan } from '../../reference/index.js';
import { craftFlatbuffer, type CraftedTable } from '../../reference/program/craft-flatbuffer.js';
import { PROGRAM_LAYOUT } from '../../reference/program/flatbuffer-layout.js';
import { PROGRAM_IDENTIFIER } from '../../reference/program/layout.js';
import { BACKEND, BUDGET, METHOD } from '../model/names.js';
import { bytesOf } from '../model/text.js';
import type { Seed } from './mutate-program.js';

const HALF = 5;
const BOOL = 11;
const STATIC = 0;
const BOUNDED = 1;

/** Types of values and of instructions, as the schema numbers them. */
const VALUE = {
  none: 1,
  int: 2,
  bool: 3,
  double: 4,
  tensor: 5,
  string: 6,
  ints: 7,
  doubles: 8,
  bools: 9,
  tensors: 10,
  optional: 11,
};
const CALL = { kernel: 1, delegate: 2, move: 3, jumpFalse: 4, free: 5 };

const table = (...fields: CraftedTable['fields']): CraftedTable => ({ fields });
const union = (type: number, ...fields: CraftedTable['fields']): CraftedTable =>
  table({ type, table: table(...fields) });

interface TensorParts {
  readonly sizes: readonly number[];
  readonly scalarType?: number;
  readonly dynamism?: number;
  /** Where it is planned; null for one that the caller brings. */
  readonly plan?: CraftedTable | null;
}

function tensor({ sizes, scalarType = HALF, dynamism = STATIC, plan = null }: TensorParts): CraftedTable {
  const order = Uint8Array.from(sizes, (_, d) => d);
  const extra = table(0n, 'a tensor', 0, 0, 0);
  return union(VALUE.tensor, scalarType, 0, [...sizes], order, 0, 0, plan, 0, dynamism, extra);
}

const planned = (arena: number, offset: number): CraftedTable => table(arena, offset, 0);

/** A value of every type; 4 to 8 are tensors, of which the last one decides. */
const VALUES: readonly CraftedTable[] = [
  union(VALUE.none),
  union(VALUE.int, 7n),
  union(VALUE.bool, 1),
  union(VALUE.double, 0n),
  tensor({ sizes: [2, 3] }),
  tensor({ sizes: [2, 3] }),
  tensor({ sizes: [4, 3], dynamism: BOUNDED }),
  tensor({ sizes: [2, 3], plan: planned(1, 16) }),
  tensor({ sizes: [2], scalarType: BOOL, plan: planned(2, 0) }),
  union(VALUE.string, 'text'),
  union(VALUE.ints, [1n, 1n]),
  union(VALUE.doubles, [0n, 1n]),
  union(VALUE.bools, Uint8Array.of(0, 1)),
  union(VALUE.tensors, [4, 5]),
  union(VALUE.optional, [4, -1, 0]),
  union(VALUE.bool, 0),
];

/**
 * Programs that no exporter writes: every type of value, every instruction but that of an operator.
 */
export function craftedPrograms(): Pick<Seed, 'name' | 'bytes'>[] {
  const call = (index: number, ...args: number[]): CraftedTable => union(CALL.delegate, index, args);
  return [
    crafted('a call on what the caller brings', [4], [5], [call(0, 4, 5)]),
    crafted('a call on dynamic tensors', [6, 4], [6], [call(0, 4, 6), call(1, 4, 6)]),
    crafted('calls on planned tensors', [7], [7, 8], [call(0, 7, 7), call(1, 7, 7)]),
    crafted(
      'a jump over a call',
      [4, 0],
      [5, 2],
      [union(CALL.jumpFalse, 15, 2), call(9, 4, 5), call(0, 4, 5)],
    ),
    crafted('a jump that is not taken', [4], [5], [union(CALL.jumpFalse, 2, 9), call(0, 4, 5)]),
    crafted('a jump by a tensor', [4], [5], [union(CALL.jumpFalse, 8, 2), call(0, 4, 5)]),
    crafted('a moved tensor', [4], [5], [union(CALL.move, 5, 0), call(0, 4, 0)]),
    crafted('a freed tensor', [4], [5], [call(0, 4, 5), union(CALL.free, 5), union(CALL.free, 4)]),
  ];
}

function crafted(
  name: string,
  inputs: readonly number[],
  outputs: readonly number[],
  instructions: readonly CraftedTable[],
): Pick<Seed, 'name' | 'bytes'> {
  const specs = [table(BUDGET, bytesOf('7')), table('note', bytesOf('a'))];
  const delegate = (data: number): CraftedTable => table(BACKEND, table(0, data), specs);
  const chain = table(null, null, instructions);
  const method = table(
    METHOD,
    null,
    VALUES,
    inputs,
    outputs,
    [chain, table(null, null, [])],
    null,
    [delegate(0), delegate(1)],
    [0n, 64n, 2n],
  );
  const inline = ['input.0', 'a_0'].map((input) => table(blobOf(input)));
  const root = table(0, [method], null, inline, [], table(0, [0n]));
  return { name, bytes: craftFlatbuffer(PROGRAM_LAYOUT, root, PROGRAM_IDENTIFIER) };
}

function blobOf(input: string): Uint8Array {
  const HALF_OF_TENSORRT = 1;
  const common = { dtype: HALF_OF_TENSORRT, shapeInference: false, aliases: null };
  const dynamic = { shape: [-1n, 3n], profile: { min: [1n, 3n], max: [4n, 3n] } };
  const bindings = [
    { name: input, mode: 'input', ...common, ...dynamic } as const,
    { name: 'output.0', mode: 'output', ...common, shape: [-1n, 3n], profile: null } as const,
  ];
  return encodeBlob({ engine: encodePlan(scriptedPlan({ bindings })) });
}
