import * as fb from './generated/executorch-flatbuffer.js';
import type { GuardedBuffer } from './guarded-buffer.js';
import { elements } from './elements.js';
import type { OpenProgram } from './open-program.js';
import { programFault, type ProgramFault, type Readable } from './program-fault.js';
import type { ValueFile } from './program-file.js';
import { type MethodRoom, SIZE_OF } from './method-room.js';
import { readTensor } from './read-tensor.js';
import { SLOTS } from './slots.js';

const NONE: ValueFile = { kind: 'none' };
const SCALAR: ValueFile = { kind: 'scalar' };
const LIST: ValueFile = { kind: 'list' };

/** Reads the values of a method as `Method::load` does, before any delegate is initialised. */
export function readValues(
  program: OpenProgram,
  plan: fb.ExecutionPlan,
  plannedBytes: readonly bigint[],
  room: MethodRoom,
): Readable<readonly ValueFile[]> {
  const count = plan.valuesLength();
  const early = findEmptyOrExternal(program.buffer, plan);
  if (early !== null) return { ok: false, fault: early };

  const values: ValueFile[] = [];
  for (const value of elements(count, (n) => plan.values(n))) {
    const read = readValue(program, value, { count, read: values, plannedBytes, room });
    if ('code' in read) return { ok: false, fault: read };
    values.push(read);
  }
  return { ok: true, value: values };
}

/** The first pass of the runtime: empty values, and constants that would come from another file. */
function findEmptyOrExternal(buffer: GuardedBuffer, plan: fb.ExecutionPlan): ProgramFault | null {
  let external = false;
  for (const value of elements(plan.valuesLength(), (n) => plan.values(n))) {
    const type = value.valType();
    if (!buffer.has(value, SLOTS.EValue.val) && type !== fb.KernelTypes.Null) {
      return programFault('missing-field', 'a value is empty');
    }
    if (type !== fb.KernelTypes.Tensor) continue;
    const tensor = value.val(new fb.Tensor()) as fb.Tensor;
    external ||=
      tensor.extraTensorInfo()?.location() === fb.TensorDataLocation.EXTERNAL &&
      !buffer.has(tensor, SLOTS.Tensor.allocationInfo);
  }
  return external ? programFault('no-data-map', 'a constant is in another file, and none is given') : null;
}

interface ValuesSoFar {
  readonly count: number;
  readonly read: readonly ValueFile[];
  readonly plannedBytes: readonly bigint[];
  readonly room: MethodRoom;
}

function readValue(program: OpenProgram, value: fb.EValue, soFar: ValuesSoFar): ValueFile | ProgramFault {
  const { buffer } = program;
  const type = value.valType();
  switch (type) {
    case fb.KernelTypes.Null:
      return NONE;
    case fb.KernelTypes.Int:
    case fb.KernelTypes.Double:
      return SCALAR;
    case fb.KernelTypes.Bool:
      return { kind: 'bool', value: (value.val(new fb.Bool()) as fb.Bool).boolVal() };
    case fb.KernelTypes.Tensor:
      return readTensor(program, value.val(new fb.Tensor()) as fb.Tensor, soFar.plannedBytes);
    case fb.KernelTypes.String:
    case fb.KernelTypes.DoubleList:
    case fb.KernelTypes.BoolList: {
      // All three have one field, a reference to something with a length.
      const list = value.val(new fb.BoolList()) as fb.BoolList;
      if (!buffer.has(list, SLOTS.Items.items)) return emptyList();
      list.itemsLength();
      return type === fb.KernelTypes.String ? SCALAR : LIST;
    }
    case fb.KernelTypes.IntList: {
      const list = value.val(new fb.IntList()) as fb.IntList;
      return buffer.has(list, SLOTS.Items.items) ? checkIntegers(buffer, list, soFar) : emptyList();
    }
    case fb.KernelTypes.TensorList: {
      const list = value.val(new fb.TensorList()) as fb.TensorList;
      return buffer.has(list, SLOTS.Items.items) ? checkTensors(buffer, list, soFar) : emptyList();
    }
    case fb.KernelTypes.OptionalTensorList: {
      const list = value.val(new fb.OptionalTensorList()) as fb.OptionalTensorList;
      return buffer.has(list, SLOTS.Items.items) ? checkOptionalTensors(buffer, list, soFar) : emptyList();
    }
    case fb.KernelTypes.NONE:
    default:
      return programFault('bad-value', `a value is of unknown type ${type}`);
  }
}

function checkIntegers(
  buffer: GuardedBuffer,
  list: fb.IntList,
  { count, room }: ValuesSoFar,
): ValueFile | ProgramFault {
  const length = list.itemsLength();
  // The runtime does not look whether it got the memory.
  const hasRoom = room.take(length, SIZE_OF.pointer) && room.take(length, SIZE_OF.int64);
  for (const index of elements(buffer.worthReading(length, 8), (n) => list.items(n))) {
    if (index < 0n || index >= BigInt(count)) return noSuchValue(index.toString());
    if (!hasRoom) return programFault('crash-hazard', `there is no memory for a list of ${length} numbers`);
  }
  return LIST;
}

function checkTensors(
  buffer: GuardedBuffer,
  list: fb.TensorList,
  soFar: ValuesSoFar,
): ValueFile | ProgramFault {
  const length = list.itemsLength();
  if (!soFar.room.take(length, SIZE_OF.tensor) || !soFar.room.take(length, SIZE_OF.pointer)) {
    return listTooLarge(length);
  }
  for (const index of elements(buffer.worthReading(length, 4), (n) => list.items(n))) {
    const fault = itemFault(index, soFar, ['tensor']);
    if (fault !== null) return fault;
  }
  return LIST;
}

function checkOptionalTensors(
  buffer: GuardedBuffer,
  list: fb.OptionalTensorList,
  soFar: ValuesSoFar,
): ValueFile | ProgramFault {
  const length = list.itemsLength();
  if (!soFar.room.take(length, SIZE_OF.pointer) || !soFar.room.take(length, SIZE_OF.optionalTensor)) {
    return listTooLarge(length);
  }
  for (const index of elements(buffer.worthReading(length, 4), (n) => list.items(n))) {
    const fault = index === -1 ? null : itemFault(index, soFar, ['tensor', 'none']);
    if (fault !== null) return fault;
  }
  return LIST;
}

function itemFault(
  index: number,
  { count, read }: ValuesSoFar,
  kinds: readonly ValueFile['kind'][],
): ProgramFault | null {
  if (index < 0 || index >= count) return noSuchValue(String(index));
  const item = read[index];
  if (item === undefined) {
    return programFault('crash-hazard', `a list names value ${index}, which the runtime has not made yet`);
  }
  return kinds.includes(item.kind)
    ? null
    : programFault('no-tensor', `a list of tensors names value ${index}, which is none`);
}

function listTooLarge(length: number): ProgramFault {
  return programFault('too-large', `there is no memory for a list of ${length} tensors`);
}

function emptyList(): ProgramFault {
  return programFault('missing-field', 'a list or string has no content');
}

function noSuchValue(index: string): ProgramFault {
  return programFault('bad-index', `a list names value ${index}, which does not exist`);
}
