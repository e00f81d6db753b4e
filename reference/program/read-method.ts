import { elements } from './elements.js';
import type * as fb from './generated/executorch-flatbuffer.js';
import { guarded } from './guarded.js';
import type { OpenProgram } from './open-program.js';
import { unreadable, type ProgramFault, type Readable } from './program-fault.js';
import type { ArgumentFile, DelegateFile, DeviceTag, MethodFile } from './program-file.js';
import { readDelegate } from './read-delegate.js';
import { readInstructions } from './read-instructions.js';
import { readValues } from './read-values.js';
import { SLOTS } from './slots.js';

/** Fields without which the runtime takes a method for damaged, in the order in which it looks for them. */
const META_FIELDS = [
  ['nonConstBufferSizes', 'non_const_buffer_sizes'],
  ['inputs', 'inputs'],
  ['outputs', 'outputs'],
] as const;

/** What `Program::method_meta` and `Method::load` read of a method; null for one without a name, which nothing can find. */
export function readMethod(program: OpenProgram, plan: fb.ExecutionPlan): MethodFile | null {
  const name = plan.name();
  if (name === null) return null;

  const meta = guarded(() => readMeta(program, plan));
  if (!meta.ok) return unloadable(name, NO_ARENAS, meta.fault);
  const values = guarded(() => readEntry(program, plan, meta.value.plannedBytes));
  if (!values.ok) return unloadable(name, meta.value, values.fault);
  const { delegates, fault } = readDelegates(program, plan);
  const instructions = guarded(() => readInstructions(program, plan, values.value));
  const { inputs, outputs } = readCaller(plan, values.value);
  return {
    name,
    ...meta.value,
    entryFault: null,
    delegates,
    exitFault: fault ?? (instructions.ok ? null : instructions.fault),
    inputs,
    outputs,
    instructions: instructions.ok ? instructions.value : [],
  };
}

/** The arenas of planned memory. */
type Arenas = Pick<MethodFile, 'plannedBytes' | 'plannedDevices'>;

const NO_ARENAS: Arenas = { plannedBytes: [], plannedDevices: [] };

function unloadable(name: string, arenas: Arenas, entryFault: ProgramFault): MethodFile {
  return {
    name,
    ...arenas,
    entryFault,
    delegates: [],
    exitFault: null,
    inputs: [],
    outputs: [],
    instructions: [],
  };
}

/** What a host asks first: the bytes and the device of each arena. */
function readMeta({ buffer }: OpenProgram, plan: fb.ExecutionPlan): Readable<Arenas> {
  for (const [slot, field] of META_FIELDS) {
    if (!buffer.has(plan, SLOTS.ExecutionPlan[slot])) return missing(field);
  }
  // The first entry is reserved.
  const sizes = elements(plan.nonConstBufferSizesLength() - 1, (n) => plan.nonConstBufferSizes(n + 1));
  const plannedBytes = [...sizes];
  return { ok: true, value: { plannedBytes, plannedDevices: readDevices(plan, plannedBytes.length) } };
}

/** Arenas that the list does not name are in host memory. */
function readDevices(plan: fb.ExecutionPlan, arenas: number): DeviceTag[] {
  const named = [...elements(plan.nonConstBufferDeviceLength(), (n) => plan.nonConstBufferDevice(n))];
  return Array.from({ length: arenas }, (_, arena) => {
    const found = named.find((each) => each.bufferIdx() === arena + 1);
    return { type: found?.deviceType() ?? 0, index: found?.deviceIndex() ?? 0 };
  });
}

/** What a caller gives and reads; an index of nothing is left out. */
function readCaller(
  plan: fb.ExecutionPlan,
  values: readonly ArgumentFile[],
): Pick<MethodFile, 'inputs' | 'outputs'> {
  const at = (count: number, index: (n: number) => number | null): ArgumentFile[] =>
    Array.from({ length: count }, (_, n) => values[index(n) ?? -1]).filter((value) => value !== undefined);
  const read = guarded(() => ({
    ok: true,
    value: {
      inputs: at(plan.inputsLength(), (n) => plan.inputs(n)),
      outputs: at(plan.outputsLength(), (n) => plan.outputs(n)),
    },
  }));
  return read.ok ? read.value : { inputs: [], outputs: [] };
}

/** What is read before the first delegate is initialised. */
function readEntry(
  program: OpenProgram,
  plan: fb.ExecutionPlan,
  plannedBytes: readonly bigint[],
): Readable<readonly ArgumentFile[]> {
  if (!program.buffer.has(plan, SLOTS.ExecutionPlan.values)) return missing('values');
  // The runtime makes room for them first.
  plan.valuesLength();
  plan.inputsLength();
  const values = readValues(program, plan, plannedBytes);
  if (!values.ok) return values;
  return program.buffer.has(plan, SLOTS.ExecutionPlan.delegates) ? values : missing('delegates');
}

function readDelegates(
  program: OpenProgram,
  plan: fb.ExecutionPlan,
): { readonly delegates: readonly DelegateFile[]; readonly fault: ProgramFault | null } {
  const delegates: DelegateFile[] = [];
  const read = guarded<null>(() => {
    for (const delegate of elements(plan.delegatesLength(), (n) => plan.delegates(n))) {
      delegates.push(readDelegate(program, delegate));
    }
    return { ok: true, value: null };
  });
  return { delegates, fault: read.ok ? null : read.fault };
}

function missing(field: string): { readonly ok: false; readonly fault: ProgramFault } {
  return unreadable('missing-field', `the method has no ${field}`);
}
