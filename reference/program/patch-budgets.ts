import { rangeOf } from '../source/byte-range.js';
import { MemorySource, type ByteSource } from '../source/byte-source.js';
import { SparseSource } from '../source/sparse-source.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { cString } from '../rules/c-string.js';
import { elements } from './elements.js';
import { FlatbufferFullError, FlatbufferTail } from './flatbuffer-tail.js';
import type * as fb from './generated/executorch-flatbuffer.js';
import { guarded } from './guarded.js';
import { openProgram, type OpenProgram } from './open-program.js';
import { placeBehind, type PlacedBehind } from './place-behind.js';
import { UnpatchableError } from './unpatchable-error.js';
import { ReadingWork } from './reading-work.js';
import { SLOTS } from './slots.js';
import { STOCK_KERNELS } from './stock-kernels.js';

/** What the budget compile spec of a delegate becomes. */
export interface BudgetEdit {
  /** The name of its method; of several with that name the first is meant, as a host finds it. */
  readonly method: string;
  /** Its place among all delegates of the method. */
  readonly delegate: number;
  /** Bytes; null for none. */
  readonly budget: bigint | null;
}

/**
 * A program file with other budgets: `head`, then zeros up to `keptAt`, then what the file had from
 * `keptFrom` on, `size` bytes in all.
 */
export interface ProgramPatch extends PlacedBehind {
  readonly head: Uint8Array;
  /** Whether anything is other than it was. */
  readonly changes: boolean;
}

const ASCII = new TextEncoder();
const KEY = ASCII.encode(BUDGET_KEY);

/**
 * Gives delegates other budgets, each as one compile spec of canonical digits (WSB-EXPORT-01,
 * WSB-EXPORT-02) in the place of the first that there was, or behind the others. The new lists of
 * compile specs are written behind the flatbuffer and its references changed to them; all else
 * stays as it is, what a newer schema may have brought too. Segments move as a whole, by a multiple
 * of what they are aligned to.
 *
 * @throws UnpatchableError for a program that is damaged, or cannot be changed in this way
 * @throws ExhaustingProgramError for one that refers to the same parts again and again
 */
export function patchBudgets(given: Uint8Array | ByteSource, edits: readonly BudgetEdit[]): ProgramPatch {
  const size = given instanceof Uint8Array ? given.length : given.size;
  const work = new ReadingWork(size);
  const opened = openProgram(given, 'internal-consistency', 'unknown', STOCK_KERNELS, work);
  if (!opened.ok) throw new UnpatchableError(opened.fault.message);
  const patched = guarded(() => ({ ok: true, value: patch(opened.value, edits) }));
  if (!patched.ok) throw new UnpatchableError(patched.fault.message);
  return patched.value;
}

/** The file that a patch makes of the one that it was made for; nothing of it is read. */
export function patchedProgram(given: Uint8Array | ByteSource, patch: ProgramPatch): SparseSource {
  const { head, keptFrom, keptAt, size } = patch;
  const kept = rangeOf(given).part(keptFrom, size - keptAt);
  return new SparseSource(size, [
    { at: 0, source: new MemorySource(head) },
    { at: keptAt, source: kept },
  ]);
}

function patch(program: OpenProgram, edits: readonly BudgetEdit[]): ProgramPatch {
  const { file, header } = program;
  const tail = new FlatbufferTail(
    header === null ? file.head : file.head.subarray(0, Number(header.programSize)),
  );
  const before = tail.bytes.length;
  const delegates = edits.map((edit) => findDelegate(program, edit));
  refuseShared(program, delegates);
  try {
    for (const [at, { budget }] of edits.entries()) {
      const delegate = delegates[at];
      if (delegate !== undefined) setBudget(program, tail, delegate, budget);
    }
  } catch (cause) {
    if (!(cause instanceof FlatbufferFullError)) throw cause;
    throw new UnpatchableError('its flatbuffer would be larger than 2 GiB', { cause });
  }
  const changes = tail.bytes.length > before;
  return { ...placeBehind(program, tail), head: tail.bytes, changes };
}

function findDelegate({ root }: OpenProgram, { method, delegate }: BudgetEdit): fb.BackendDelegate {
  for (const plan of elements(root.executionPlanLength(), (n) => root.executionPlan(n))) {
    if (plan.name() !== method) continue;
    const found = plan.delegates(delegate);
    if (found !== null && delegate < plan.delegatesLength()) return found;
    break;
  }
  throw new UnpatchableError(`there is no delegate ${delegate} in a method ${JSON.stringify(method)}`);
}

/** Of an entry that stands for two delegates, one cannot be changed alone. */
function refuseShared({ root }: OpenProgram, changed: readonly fb.BackendDelegate[]): void {
  const uses = new Map<number, number>();
  for (const plan of elements(root.executionPlanLength(), (n) => root.executionPlan(n))) {
    for (const { bb_pos: at } of elements(plan.delegatesLength(), (n) => plan.delegates(n))) {
      uses.set(at, (uses.get(at) ?? 0) + 1);
    }
  }
  if (changed.some(({ bb_pos: at }) => uses.get(at) !== 1)) {
    throw new UnpatchableError('one entry of it stands for several delegates');
  }
}

/** A compile spec as the bytes that the file has for it. */
interface RawSpec {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

function setBudget(
  program: OpenProgram,
  tail: FlatbufferTail,
  delegate: fb.BackendDelegate,
  budget: bigint | null,
): void {
  const field = program.buffer.__offset(delegate.bb_pos, SLOTS.BackendDelegate.compileSpecs);
  if (field === 0) throw new UnpatchableError('a delegate of it was written without a list of compile specs');
  const specs = rawSpecs(program, delegate);
  const wanted = withBudget(specs, budget);
  if (sameSpecs(specs, wanted)) return;
  tail.refer(delegate.bb_pos + field, addSpecs(tail, wanted));
}

function rawSpecs({ buffer }: OpenProgram, delegate: fb.BackendDelegate): readonly RawSpec[] {
  return [...elements(delegate.compileSpecsLength(), (n) => delegate.compileSpecs(n))].map((spec) => {
    const key = buffer.byteVector(spec, SLOTS.CompileSpec.key);
    const value = buffer.byteVector(spec, SLOTS.CompileSpec.value);
    if (key === null || value === null) {
      throw new UnpatchableError('a compile spec of it has no key or no value');
    }
    const vtable = spec.bb_pos - buffer.readInt32(spec.bb_pos);
    for (let slot = SLOTS.CompileSpec.value + 2; slot < buffer.readUint16(vtable); slot += 2) {
      if (buffer.readUint16(vtable + slot) !== 0) {
        throw new UnpatchableError('a compile spec of it has fields that are not known here');
      }
    }
    return { key: key.range.read(), value: value.range.read() };
  });
}

/** The specs with a budget in the place of the first one, or behind all. */
function withBudget(specs: readonly RawSpec[], budget: bigint | null): readonly RawSpec[] {
  const others = specs.filter((spec) => !isBudget(spec));
  if (budget === null) return others;
  const first = specs.findIndex(isBudget);
  // None of those before the first is one of the budget.
  const at = first < 0 ? others.length : first;
  return others.toSpliced(at, 0, { key: KEY, value: ASCII.encode(String(budget)) });
}

/** Whether the key is that of the budget, up to a NUL. */
function isBudget({ key }: RawSpec): boolean {
  return sameBytes(cString(key, key.length), KEY);
}

function sameSpecs(a: readonly RawSpec[], b: readonly RawSpec[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ key, value }, at) => {
      const other = b[at];
      return other !== undefined && sameBytes(key, other.key) && sameBytes(value, other.value);
    })
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Bytes of the vtable of a compile spec, and of its table: the way back, key, value. */
const VTABLE = [8, 12, 4, 8];
const TABLE_BYTES = 12;

/** Adds a list of compile specs; gives its place. */
function addSpecs(tail: FlatbufferTail, specs: readonly RawSpec[]): number {
  const list = tail.reserve(4 + 4 * specs.length);
  tail.putUint32(list, specs.length);
  if (specs.length === 0) return list;
  const vtable = tail.reserve(2 * VTABLE.length);
  for (const [n, entry] of VTABLE.entries()) tail.putUint16(vtable + 2 * n, entry);
  for (const [n, { key, value }] of specs.entries()) {
    const table = tail.reserve(TABLE_BYTES);
    tail.refer(list + 4 + 4 * n, table);
    tail.putUint32(table, table - vtable);
    tail.refer(table + 4, tail.addBytes(key, 'nul'));
    tail.refer(table + 8, tail.addBytes(value));
  }
  return list;
}
