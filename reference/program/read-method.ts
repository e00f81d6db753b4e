import { elements } from './elements.js';
import type * as fb from './generated/executorch-flatbuffer.js';
import { guarded } from './guarded.js';
import type { OpenProgram } from './open-program.js';
import { unreadable, type ProgramFault, type Readable } from './program-fault.js';
import type { ArgumentFile, DelegateFile, MethodFile } from './program-file.js';
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

/**
 * What `Program::method_meta` and `Method::load` read of a method; null for one without a name,
 * which nothing can find.
 */
export function readMethod(program: OpenProgram, plan: fb.ExecutionPlan): MethodFile | null {
  const name = plan.name();
  if (name === null) return null;

  const meta = guarded(() => readMeta(program, plan));
  if (!meta.ok) return unloadable(name, [], meta.fault);
  const values = guarded(() => readEntry(program, plan, meta.value));
  if (!values.ok) return unloadable(name, meta.value, values.fault);
  const { delegates, fault } = readDelegates(program, plan);
  const instructions = guarded(() => readInstructions(program.buffer, plan, values.value));
  return {
    name,
    plannedBytes: meta.value,
    entryFault: null,
    delegates,
    exitFault: fault ?? (instructions.ok ? null : instructions.fault),
    instructions: instructions.ok ? instructions.value : [],
  };
}

function unloadable(name: string, plannedBytes: readonly bigint[], entryFault: ProgramFault): MethodFile {
  return { name, plannedBytes, entryFault, delegates: [], exitFault: null, instructions: [] };
}

/** What a host asks first: the bytes of each arena of planned memory. */
function readMeta({ buffer }: OpenProgram, plan: fb.ExecutionPlan): Readable<readonly bigint[]> {
  for (const [slot, field] of META_FIELDS) {
    if (!buffer.has(plan, SLOTS.ExecutionPlan[slot])) return missing(field);
  }
  // The first entry is reserved.
  const sizes = elements(plan.nonConstBufferSizesLength() - 1, (n) => plan.nonConstBufferSizes(n + 1));
  return { ok: true, value: [...sizes] };
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
