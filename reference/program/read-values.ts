import * as fb from './generated/executorch-flatbuffer.js';
import type { GuardedBuffer } from './guarded-buffer.js';
import { elements } from './elements.js';
import type { OpenProgram } from './open-program.js';
import { programFault, type ProgramFault, type Readable } from './program-fault.js';
import type { ArgumentFile } from './program-file.js';
import { readTensor } from './read-tensor.js';
import { SLOTS } from './slots.js';

const OTHER: ArgumentFile = { kind: 'other' };

/** Reads the values of a method as `Method::load` does, before any delegate is initialised. */
export function readValues(
  program: OpenProgram,
  plan: fb.ExecutionPlan,
  plannedBytes: readonly bigint[],
): Readable<readonly ArgumentFile[]> {
  const count = plan.valuesLength();
  const early = findEmptyOrExternal(program.buffer, plan);
  if (early !== null) return { ok: false, fault: early };

  const values: ArgumentFile[] = [];
  for (const value of elements(count, (n) => plan.values(n))) {
    const read = readValue(program, value, { count, read: values, plannedBytes });
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
  readonly read: readonly ArgumentFile[];
  readonly plannedBytes: readonly bigint[];
}

function readValue(program: OpenProgram, value: fb.EValue, soFar: ValuesSoFar): ArgumentFile | ProgramFault {
  const { buffer } = program;
  const type = value.valType();
  switch (type) {
    case fb.KernelTypes.Null:
    case fb.KernelTypes.Int:
    case fb.KernelTypes.Bool:
    case fb.KernelTypes.Double:
      return OTHER;
    case fb.KernelTypes.Tensor:
      return readTensor(program, value.val(new fb.Tensor()) as fb.Tensor, soFar.plannedBytes);
    case fb.KernelTypes.String:
    case fb.KernelTypes.DoubleList:
    case fb.KernelTypes.BoolList: {
      // All three have one field, a reference to something with a length.
      const list = value.val(new fb.BoolList()) as fb.BoolList;
      if (!buffer.has(list, SLOTS.Items.items)) return emptyList();
      list.itemsLength();
      return OTHER;
    }
    case fb.KernelTypes.IntList: {
      const list = value.val(new fb.IntList()) as fb.IntList;
      return buffer.has(list, SLOTS.Items.items) ? checkIntegers(list, soFar.count) : emptyList();
    }
    case fb.KernelTypes.TensorList: {
      const list = value.val(new fb.TensorList()) as fb.TensorList;
      return buffer.has(list, SLOTS.Items.items) ? checkTensors(list, soFar, false) : emptyList();
    }
    case fb.KernelTypes.OptionalTensorList: {
      const list = value.val(new fb.OptionalTensorList()) as fb.OptionalTensorList;
      return buffer.has(list, SLOTS.Items.items) ? checkTensors(list, soFar, true) : emptyList();
    }
    case fb.KernelTypes.NONE:
    default:
      return programFault('bad-value', `a value is of unknown type ${type}`);
  }
}

function checkIntegers(list: fb.IntList, count: number): ArgumentFile | ProgramFault {
  for (const index of elements(list.itemsLength(), (n) => list.items(n))) {
    if (index < 0n || index >= BigInt(count)) return noSuchValue(index.toString());
  }
  return OTHER;
}

function checkTensors(
  list: fb.TensorList | fb.OptionalTensorList,
  { count, read }: ValuesSoFar,
  optional: boolean,
): ArgumentFile | ProgramFault {
  for (const index of elements(list.itemsLength(), (n) => list.items(n))) {
    if (optional && index === -1) continue;
    if (index < 0 || index >= count) return noSuchValue(String(index));
    const item = read[index];
    if (item === undefined) {
      return programFault('crash-hazard', `a list names value ${index}, which the runtime has not made yet`);
    }
    if (item.kind !== 'tensor')
      return programFault('no-tensor', `a list of tensors names value ${index}, which is none`);
  }
  return OTHER;
}

function emptyList(): ProgramFault {
  return programFault('missing-field', 'a list or string has no content');
}

function noSuchValue(index: string): ProgramFault {
  return programFault('bad-index', `a list names value ${index}, which does not exist`);
}
