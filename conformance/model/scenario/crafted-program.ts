import { encodeBlob, encodePlan, scriptedPlan } from '../../../reference/index.js';
import {
  craftFlatbuffer,
  type CraftedField,
  type CraftedTable,
} from '../../../reference/program/craft-flatbuffer.js';
import { PROGRAM_LAYOUT } from '../../../reference/program/flatbuffer-layout.js';
import { PROGRAM_IDENTIFIER } from '../../../reference/program/layout.js';
import { type ProgramChange } from './scenario.js';
import { METHOD } from '../names.js';
import { BACKEND } from '../names.js';

const TENSOR = 5;
const TENSOR_LIST = 10;
const BOOL = 3;
const DELEGATE_CALL = 2;
const JUMP_FALSE = 4;
const DATA = encodeBlob({ engine: encodePlan(scriptedPlan()) });
const INLINE_DATA: CraftedTable = { fields: [0, 0] };

/**
 * The parts of a program that no exporter writes otherwise; what is left out is in order, and null
 * leaves a field out.
 */
export interface ProgramParts {
  /** Of the schema. */
  readonly version?: number;
  readonly methods?: null;
  readonly values?: readonly CraftedTable[] | null;
  readonly inputs?: null;
  readonly outputs?: null;
  /** The sizes of the method's arenas. */
  readonly arenas?: null;
  readonly instructions?: readonly CraftedTable[] | null;
  readonly backend?: null;
  /** The delegate's reference to its data. */
  readonly data?: CraftedTable | null;
  readonly specs?: readonly CraftedTable[];
  /** Bytes between the start of the delegate's table and its fields, a multiple of 4. */
  readonly gap?: number;
  /** The list of inline data. */
  readonly inline?: readonly CraftedTable[] | null;
}

/**
 * A program with one method and one inline delegate, which holds a scripted plan, written field by
 * field.
 */
export function craftProgram({
  version = 0,
  methods,
  values = [],
  inputs,
  outputs,
  arenas,
  instructions = [],
  backend,
  data = INLINE_DATA,
  specs = [],
  gap = 0,
  inline = [{ fields: [DATA] }],
}: ProgramParts): Uint8Array {
  const delegate: CraftedTable = { fields: [backend === null ? null : BACKEND, data, specs], gap };
  const chain: CraftedTable = { fields: [null, null, instructions] };
  const orNone = <T>(given: null | undefined, whole: readonly T[]): readonly T[] | null =>
    given === null ? null : whole;
  const lists = [orNone<number>(inputs, []), orNone<number>(outputs, [])];
  const method: CraftedTable = {
    fields: [METHOD, null, values, ...lists, [chain], null, [delegate], orNone(arenas, [0n])],
  };
  const constants: CraftedField = { fields: [0, [0n]] };
  const root = { fields: [version, methods === null ? null : [method], null, inline, [], constants] };
  return craftFlatbuffer(PROGRAM_LAYOUT, root, PROGRAM_IDENTIFIER);
}

/** A crafted program in place of the file. */
export function crafted(label: string, parts: ProgramParts): ProgramChange {
  return { label, edit: () => craftProgram(parts) };
}

/**
 * A call of delegate `index` of the method with arguments, by their place among its values; null:
 * without a list of them.
 */
export function delegateCall(index: number, args: readonly number[] | null): CraftedTable {
  return { fields: [{ type: DELEGATE_CALL, table: { fields: [index, args] } }] };
}

/** A jump to the instruction `target` of its chain when the condition, a value, is false. */
export function jumpFalse(condition: number, target: number): CraftedTable {
  return { fields: [{ type: JUMP_FALSE, table: { fields: [condition, target] } }] };
}

/** A compile spec; null leaves its key or its value out. */
export function compileSpec(key: string | null, value: Uint8Array | null): CraftedTable {
  return { fields: [key, value] };
}

/** A value of a method: a list of one tensor, by its place among the values. */
export function tensorList(index: number): CraftedTable {
  return { fields: [{ type: TENSOR_LIST, table: { fields: [[index]] } }] };
}

/** A value of a method: a truth value. */
export function truth(value: boolean): CraftedTable {
  return { fields: [{ type: BOOL, table: { fields: [value ? 1 : 0] } }] };
}

/** A value of a method: a tensor of one float. */
export function tensor(): CraftedTable {
  return { fields: [{ type: TENSOR, table: { fields: [6, 0, [1], Uint8Array.of(0)] } }] };
}
