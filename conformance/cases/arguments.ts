/*
 * Plan: the arguments that a program calls a delegate with (WSB-LIFE-15, WSB-LIFE-16).
 *
 * An engine has an input and an output of the shape [1,2], so that a tensor of any type has room in
 * a slot of 16 bytes. The program calls it with its tensors by their numbers, 0 and 1; −1 is a
 * value that is no tensor. Nothing is enqueued for a wrong call and nothing left of it, also not
 * when it is made twice. What is wrong is seen before any memory is asked for, so that none
 * can be missing.
 */
import { all, calls, leavesNothing, steps } from '../model/expectation.js';
import { clause, type ClauseCases } from '../model/scenario/clause.js';
import { changed, tensorsOf } from '../model/scenario/planned.js';
import type { PlanScenario, Scenario } from '../model/scenario/scenario.js';
import { execute, input, load, noMemory, output, unload } from '../model/scenario/vocabulary.js';

const SHAPE = [1n, 2n];
const SET_5 = 'deserialize, set 5, context';
const RUN = { spec: '5', steps: [load(), execute()] };
const RUN_TWICE = { steps: [load(), execute(), execute(), unload()] };
const REFUSAL = 'execute InvalidArgument';
const RUNS = all(steps('ok', 'ok'), calls(`${SET_5}, enqueue`), leavesNothing());
const REFUSED = all(steps('ok', REFUSAL), calls(SET_5), leavesNothing());
const REFUSED_TWICE = all(steps('ok', REFUSAL, REFUSAL, 'ok'), calls(SET_5), leavesNothing());

/** TensorRT's element types by name, each with ExecuTorch's number of the same. */
const TYPES = {
  float32: [0, 6],
  float16: [1, 5],
  int8: [2, 1],
  int32: [3, 3],
  bool: [4, 11],
  uint8: [5, 0],
  float8: [6, 24],
  bfloat16: [7, 15],
  int64: [8, 4],
  /** Of 4 bits, which no tensor of ExecuTorch has; as if it had one of a byte. */
  int4: [9, 1],
} as const satisfies Record<string, readonly [tensorRt: number, executorch: number]>;

type TypeName = keyof typeof TYPES;

/** Cases of the clauses about what a delegate is called with. */
export const ARGUMENTS: readonly ClauseCases[] = [
  clause('WSB-LIFE-15')
    .control('the input and the output', calledWith(0, 1), RUNS)
    .violation('one more', calledWith(0, 1, 1), REFUSED)
    .violation('the output left out', calledWith(0), REFUSED)
    .boundary('none', calledWith(), REFUSED)
    .boundary('one more, twice', { ...calledWith(0, 1, 1), ...RUN_TWICE }, REFUSED_TWICE)
    .boundary('one more that is no tensor', calledWith(0, 1, -1), REFUSED)
    .boundary('many more', calledWith(0, ...Array.from({ length: 20 }, () => 1)), REFUSED)
    .boundary('one for an engine without tensors', { ...calledWith(0), bindings: [] }, REFUSED)
    .boundary('none for an engine without tensors', { ...calledWith(), bindings: [] }, RUNS)
    .boundary('one more, where there is no memory', { ...calledWith(0, 1, 1), fault: noMemory(1) }, REFUSED),

  clause('WSB-LIFE-16')
    .control('float16', typed('float16', 'float16'), RUNS)
    .violation('a float16 input for one of float32', typed('float32', 'float32', 'float16'), REFUSED)
    .violation('a float16 output for one of float32', typed('float32', 'float32', null, 'float16'), REFUSED)
    .violation('int8 for int64', typed('int64', 'int64', 'int8', 'int8'), REFUSED)
    .boundary('float32', typed('float32', 'float32'), RUNS)
    .boundary('int8 and int32', typed('int8', 'int32'), RUNS)
    .boundary('int64 and bfloat16', typed('int64', 'bfloat16'), RUNS)
    .boundary('bool and uint8', typed('bool', 'uint8'), RUNS)
    .boundary('float8', typed('float8', 'float8'), RUNS)
    .boundary('int32 for float32', typed('float32', 'float32', 'int32'), REFUSED)
    .boundary('bfloat16 for float16', typed('float16', 'float16', 'bfloat16'), REFUSED)
    .boundary('uint8 for bool', typed('bool', 'bool', 'uint8'), REFUSED)
    .boundary('float32 for float16', typed('float16', 'float16', null, 'float32'), REFUSED)
    .boundary(
      'float16 for float32, twice',
      { ...typed('float32', 'float32', 'float16'), ...RUN_TWICE },
      REFUSED_TWICE,
    )
    .boundary('a type that no tensor has', typed('int8', 'int4'), REFUSED)
    .boundary(
      'where there is no memory',
      { ...typed('float32', 'float32', 'float16'), fault: noMemory(1) },
      REFUSED,
    ),
];

/** An engine with an input and an output that is called with these tensors. */
function calledWith(...args: readonly number[]): Scenario {
  const text = args.length > 8 ? `${args.slice(0, 3).join('+')} and so on, ${args.length}` : args.join('+');
  const planned = changed(tensorsOf(1, [1, 2], [1, 2]), `args:${text === '' ? 'none' : text}`, () => ({
    calls: [{ delegate: 0, args }],
  }));
  return { ...RUN, bindings: [input('input_0', SHAPE), output('output_0', SHAPE)], planned };
}

/**
 * An engine with an input and an output of these types; null, or none: the argument is of the
 * engine's.
 */
function typed(
  inputType: TypeName,
  outputType: TypeName,
  givenInput: TypeName | null = null,
  givenOutput: TypeName | null = null,
): Scenario {
  return {
    ...RUN,
    bindings: [
      input('input_0', SHAPE, { dtype: TYPES[inputType][0] }),
      output('output_0', SHAPE, { dtype: TYPES[outputType][0] }),
    ],
    planned: tensorsAs([givenInput ?? inputType, inputType], [givenOutput ?? outputType, outputType]),
  };
}

/** An input and an output of these types, each with that of the engine. */
function tensorsAs(...types: readonly (readonly [given: TypeName, engine: TypeName])[]): PlanScenario {
  const label = types
    .map(([given, engine]) => (given === engine ? given : `${given} for ${engine}`))
    .join('+');
  return changed(tensorsOf(1, [1, 2], [1, 2]), label, ({ tensors }) => ({
    tensors: tensors.map((tensor, n) => ({ ...tensor, scalarType: TYPES[types[n]?.[0] ?? 'float16'][1] })),
  }));
}
