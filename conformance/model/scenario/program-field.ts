import { ByteBuffer } from 'flatbuffers';
import * as fb from '../../../reference/program/generated/executorch-flatbuffer.js';
import type { ProgramChange } from './scenario.js';

/** The place of a field in the vtable of its table: 4, and 2 for each field before it. */
const PLACE = 4;
const INDEX = 6;
const CALLED = 4;
const OFFSET = 4;
const SIZE = 6;
const CHAINS = 14;

/**
 * Lets delegate `delegate` of the first method refer to data `index`, of the list it refers to
 * already.
 */
export function dataIndex(delegate: number, index: number): ProgramChange {
  return change(`data of delegate ${delegate}=${index}`, (buffer, program) => {
    const reference = program.executionPlan(0)?.delegates(delegate)?.processed();
    buffer.writeUint32(fieldOf(buffer, reference?.bb_pos, INDEX), index);
  });
}

/**
 * Says that the data of delegate `delegate` of the first method, which is in a segment, is in place
 * `place`; 1 is a segment.
 */
export function dataPlace(delegate: number, place: number): ProgramChange {
  return change(`place of delegate ${delegate}=${place}`, (buffer, program) => {
    const reference = program.executionPlan(0)?.delegates(delegate)?.processed();
    buffer.writeInt8(fieldOf(buffer, reference?.bb_pos, PLACE), place);
  });
}

/** Lets call `call` of the first method, which is not its first, be of delegate `delegate`. */
export function calledDelegate(call: number, delegate: number): ProgramChange {
  return change(`call ${call} of delegate ${delegate}`, (buffer, program) => {
    const args = program.executionPlan(0)?.chains(0)?.instructions(call)?.instrArgs(new fb.DelegateCall()) as
      fb.DelegateCall | undefined;
    buffer.writeInt32(fieldOf(buffer, args?.bb_pos, CALLED), delegate);
  });
}

/** Puts `bytes` into the size of segment `segment` (0 is that of the constants). */
export function segmentSize(segment: number, by: (size: bigint) => bigint, label: string): ProgramChange {
  return change(`size of segment ${segment}${label}`, (buffer, program) => {
    const table = program.segments(segment);
    writeU64(buffer, fieldOf(buffer, table?.bb_pos, SIZE), by(table?.size() ?? 0n));
  });
}

/** Puts `offset` into the offset of segment `segment`. */
export function segmentOffset(segment: number, offset: bigint): ProgramChange {
  return change(`offset of segment ${segment}=${offset}`, (buffer, program) => {
    writeU64(buffer, fieldOf(buffer, program.segments(segment)?.bb_pos, OFFSET), offset);
  });
}

/** Leaves the first method without chains of instructions. */
export function withoutChains(): ProgramChange {
  return change('no chains', (buffer, program) => {
    const field = fieldOf(buffer, program.executionPlan(0)?.bb_pos, CHAINS);
    buffer.writeUint32(field + buffer.readUint32(field), 0);
  });
}

function change(label: string, edit: (buffer: ByteBuffer, program: fb.Program) => void): ProgramChange {
  return {
    label,
    edit: (program) => {
      const copy = program.slice();
      const buffer = new ByteBuffer(copy);
      edit(buffer, fb.Program.getRootAsProgram(buffer));
      return copy;
    },
  };
}

/**
 * Where a field lies in the file. A field of its default value is left out by the writer and cannot
 * be changed.
 */
function fieldOf(buffer: ByteBuffer, table: number | undefined, slot: number): number {
  const at = table === undefined ? 0 : buffer.__offset(table, slot);
  if (table === undefined || at === 0)
    throw new Error('The file does not hold the field that is to be changed.');
  return table + at;
}

function writeU64(buffer: ByteBuffer, at: number, value: bigint): void {
  buffer.writeUint64(at, BigInt.asUintN(64, value));
}
