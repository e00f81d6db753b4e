import { elements } from './elements.js';
import type * as fb from './generated/executorch-flatbuffer.js';
import { guarded } from './guarded.js';
import { MethodRoom, SIZE_OF } from './method-room.js';
import type { OpenProgram } from './open-program.js';
import { unreadable, type ProgramFault, type Readable } from './program-fault.js';
import type { DelegateFile, DeviceTag, MethodFile, ValueFile } from './program-file.js';
import { readDelegate } from './read-delegate.js';
import { readInstructions } from './read-instructions.js';
import { readValues } from './read-values.js';
import { SLOTS } from './slots.js';

/**
 * Fields without which the runtime takes a method for damaged, in the order in which it looks for
 * them.
 */
const META_FIELDS = [
  ['nonConstBufferSizes', 'non_const_buffer_sizes'],
  ['inputs', 'inputs'],
  ['outputs', 'outputs'],
] as const;

/** Arenas, inputs and outputs that a host of the suite takes at most, each (spec/requests.md). */
const MOST = 65_535;

/**
 * What `Program::method_meta` and `Method::load` read of a method; null for one without a name,
 * which nothing can find.
 */
export function readMethod(program: OpenProgram, plan: fb.ExecutionPlan): MethodFile | null {
  const name = plan.name();
  if (name === null) return null;

  const meta = guarded(() => readMeta(program, plan));
  if (!meta.ok) return unloadable(name, NO_ARENAS, meta.fault);
  const room = new MethodRoom();
  const values = guarded(() => readEntry(program, plan, meta.value.plannedBytes, room));
  if (!values.ok) return unloadable(name, meta.value, values.fault);
  const { delegates, fault } = readDelegates(program, plan, room);
  const chains = guarded(() => readInstructions(program, plan, values.value.length, room));
  return {
    name,
    ...meta.value,
    entryFault: null,
    delegates,
    exitFault: fault ?? (chains.ok ? null : chains.fault),
    inputs: guarded(() => readIndices(plan.inputsLength(), (n) => plan.inputs(n))),
    outputs: guarded(() => readIndices(plan.outputsLength(), (n) => plan.outputs(n))),
    values: values.value,
    chains: chains.ok ? chains.value : [],
  };
}

const NO_INDICES: MethodFile['inputs'] = { ok: true, value: [] };

/** The arenas of planned memory. */
type Arenas = Pick<MethodFile, 'plannedBytes' | 'plannedDevices'>;

const NO_ARENAS: Arenas = { plannedBytes: [], plannedDevices: [] };

function unloadable(name: string, arenas: Arenas, entryFault: ProgramFault): MethodFile {
  const nothing = { delegates: [], exitFault: null, inputs: NO_INDICES, outputs: NO_INDICES };
  return { name, ...arenas, entryFault, ...nothing, values: [], chains: [] };
}

/** What a host asks first: the bytes and the device of each arena. */
function readMeta(program: OpenProgram, plan: fb.ExecutionPlan): Readable<Arenas> {
  const { buffer } = program;
  for (const [slot, field] of META_FIELDS) {
    if (!buffer.has(plan, SLOTS.ExecutionPlan[slot])) return missing(field);
  }
  // The first entry is reserved.
  const count = plan.nonConstBufferSizesLength() - 1;
  if (count > MOST) return unreadable('too-large', `the method asks for ${count} arenas`);
  const plannedBytes = [...elements(count, (n) => plan.nonConstBufferSizes(n + 1))];
  const devices = readDevices(program, plan, plannedBytes.length);
  return devices.ok ? { ok: true, value: { plannedBytes, plannedDevices: devices.value } } : devices;
}

/**
 * Arenas that the list does not name are in host memory; of two entries for one the first counts.
 * An entry that names none of them, as a damaged list has many, plays no part.
 */
function readDevices({ buffer }: OpenProgram, plan: fb.ExecutionPlan, arenas: number): Readable<DeviceTag[]> {
  const named = new Map<number, DeviceTag>();
  // A host looks through the list for each of its arenas.
  const count = arenas > 0 ? plan.nonConstBufferDeviceLength() : 0;
  // Those behind these name arena 0, which is none.
  for (const entry of elements(buffer.worthReading(count, 4), (n) => plan.nonConstBufferDevice(n))) {
    const arena = entry.bufferIdx() - 1;
    if (arena < 0 || arena >= arenas || named.has(arena)) continue;
    named.set(arena, { type: entry.deviceType(), index: entry.deviceIndex() });
    if (named.size === arenas) break;
  }
  if (named.size < arenas && count * arenas > LONGEST_SEARCH) {
    const message = `the runtime looks through ${count} devices for ${arenas} arenas, for longer than anyone waits`;
    return unreadable('crash-hazard', message);
  }
  return {
    ok: true,
    value: Array.from({ length: arenas }, (_, arena) => named.get(arena) ?? ON_HOST),
  };
}

/** Devices that a host looks at until it is taken for hanging. */
const LONGEST_SEARCH = 2 ** 28;

const ON_HOST: DeviceTag = { type: 0, index: 0 };

/** What is read before the first delegate is initialised. */
function readEntry(
  program: OpenProgram,
  plan: fb.ExecutionPlan,
  plannedBytes: readonly bigint[],
  room: MethodRoom,
): Readable<readonly ValueFile[]> {
  if (!program.buffer.has(plan, SLOTS.ExecutionPlan.values)) return missing('values');
  // The runtime makes room for them first.
  if (!room.take(plan.valuesLength(), SIZE_OF.value)) return tooLarge('values');
  if (!room.take(plan.inputsLength(), SIZE_OF.inputFlag)) return tooLarge('inputs');
  const values = readValues(program, plan, plannedBytes, room);
  if (!values.ok) return values;
  if (!program.buffer.has(plan, SLOTS.ExecutionPlan.delegates)) return missing('delegates');
  return room.take(plan.delegatesLength(), SIZE_OF.delegate) ? values : tooLarge('delegates');
}

function readDelegates(
  program: OpenProgram,
  plan: fb.ExecutionPlan,
  room: MethodRoom,
): { readonly delegates: readonly DelegateFile[]; readonly fault: ProgramFault | null } {
  const delegates: DelegateFile[] = [];
  const read = guarded<null>(() => {
    // None behind these has an id.
    const count = program.buffer.worthReading(plan.delegatesLength(), 4);
    for (const delegate of elements(count, (n) => plan.delegates(n))) {
      delegates.push(readDelegate(program, delegate, room));
    }
    return { ok: true, value: null };
  });
  return { delegates, fault: read.ok ? null : read.fault };
}

function readIndices(count: number, at: (n: number) => number | null): MethodFile['inputs'] {
  return count > MOST
    ? unreadable('too-large', `the method has ${count} inputs or outputs`)
    : { ok: true, value: [...elements(count, at)] };
}

function missing(field: string): { readonly ok: false; readonly fault: ProgramFault } {
  return unreadable('missing-field', `the method has no ${field}`);
}

function tooLarge(field: string): { readonly ok: false; readonly fault: ProgramFault } {
  return unreadable('too-large', `the method has more ${field} than there is memory for`);
}
