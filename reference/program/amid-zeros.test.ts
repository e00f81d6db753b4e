import { describe, expect, it } from 'vitest';
import { encodeBlob } from '../blob/encode-blob.js';
import { runReference } from '../host/run-reference.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan } from '../plan/plan.js';
import { MemorySource } from '../source/byte-source.js';
import { craftFlatbuffer, type CraftedTable } from './craft-flatbuffer.js';
import { PROGRAM_LAYOUT } from './flatbuffer-layout.js';
import { GuardedBuffer, UnsafeRead } from './guarded-buffer.js';
import { ProgramBytes } from './program-bytes.js';
import { findMethod, readProgram } from './read-program.js';
import { type Surroundings, ZEROS_BEFORE, ZEROS_BEHIND } from './surroundings.js';

const table = (...fields: CraftedTable['fields']): CraftedTable => ({ fields });
const union = (type: number, ...fields: CraftedTable['fields']): CraftedTable =>
  table({ type, table: table(...fields) });
const NONE = union(1);
const SPEC = table('note', Uint8Array.of(1));
const DATA = encodeBlob({ engine: encodePlan(scriptedPlan()) });
const HUGE = 0x7fffffff;

interface Parts {
  readonly values?: readonly CraftedTable[];
  readonly inputs?: readonly number[];
  readonly outputs?: readonly number[];
  readonly specs?: readonly CraftedTable[];
  readonly instructions?: readonly CraftedTable[];
  readonly operators?: readonly CraftedTable[];
  readonly sizes?: readonly bigint[];
  readonly backend?: string;
}

function program(parts: Parts = {}): Uint8Array {
  const { values = [NONE], inputs = [], outputs = [], specs = [SPEC], instructions = [] } = parts;
  const { operators = null, sizes = [0n], backend = 'TensorRTBackend' } = parts;
  const delegate = table(backend, table(0, 0), specs);
  const chain = table(null, null, instructions);
  const method = table('forward', null, values, inputs, outputs, [chain], operators, [delegate], sizes);
  return craftFlatbuffer(PROGRAM_LAYOUT, table(0, [method], null, [table(DATA)], [], table(0, [0n])), 'ET12');
}

/** Where things are in a program, found by following references from the root. */
class Places {
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get root(): number {
    return this.#view.getUint32(0, true);
  }

  /** Where a table keeps its nth field. */
  field(at: number, n: number): number {
    return at + this.#view.getUint16(at - this.#view.getInt32(at, true) + 4 + 2 * n, true);
  }

  /** What a table's nth field refers to. */
  follow(at: number, n: number): number {
    const field = this.field(at, n);
    return field + this.#view.getUint32(field, true);
  }

  /** The nth table of a vector. */
  item(vector: number, n = 0): number {
    const at = vector + 4 + 4 * n;
    return at + this.#view.getUint32(at, true);
  }

  get method(): number {
    return this.item(this.follow(this.root, 1));
  }

  get delegate(): number {
    return this.item(this.follow(this.method, 7));
  }

  set(at: number, value: number): Uint8Array {
    this.#view.setUint32(at, value, true);
    return this.bytes;
  }
}

/** A program in which the count, or another number, at a place is `value`. */
function changed(parts: Parts, place: (places: Places) => number, value = HUGE): Uint8Array {
  const places = new Places(program(parts));
  return places.set(place(places), value);
}

function ends(file: Uint8Array, verification: 'minimal' | 'internal-consistency' = 'minimal'): string[] {
  const outcome = runReference({
    program: file,
    verification,
    device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
    module: null,
    steps: [
      { op: 'load', method: 'forward', options: null },
      { op: 'execute', method: 'forward' },
    ],
  });
  return [
    ...outcome.steps.map((step) =>
      step.kind === 'ok' ? 'ok' : `${step.phase} ${step.error}${step.warned ? ', logged' : ''}`,
    ),
    ...outcome.violations,
  ];
}

function guarded(file: Uint8Array, surroundings: Surroundings): GuardedBuffer {
  return new GuardedBuffer(ProgramBytes.of(new MemorySource(file), file, surroundings), surroundings);
}

describe('a buffer amid zeros', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5);

  it('reads zeros around the file, as far as a host puts them', () => {
    const buffer = guarded(bytes, 'zeros');
    expect(buffer.readInt32(1)).toBe(0x05040302);
    expect(buffer.readInt32(3)).toBe(0x0504);
    expect(buffer.readInt32(-2)).toBe(0x02010000);
    expect(buffer.readUint16(4)).toBe(5);
    expect(buffer.readUint8(5)).toBe(0);
    expect(buffer.readInt32(bytes.length + ZEROS_BEHIND - 4)).toBe(0);
    expect(buffer.readInt32(-ZEROS_BEFORE)).toBe(0);
    expect(() => buffer.readInt32(bytes.length + ZEROS_BEHIND - 3)).toThrow(UnsafeRead);
    expect(() => buffer.readInt32(-ZEROS_BEFORE - 1)).toThrow(UnsafeRead);
  });

  it('ends a text with the file', () => {
    const file = Uint8Array.of(4, 0, 0, 0, 9, 0, 0, 0, 0x61, 0x62);
    expect(guarded(file, 'zeros').__string(0)).toBe('ab');
    expect(() => guarded(file, 'unknown').__string(0)).toThrow(UnsafeRead);
    const behind = Uint8Array.of(99, 0, 0, 0);
    expect(guarded(behind, 'zeros').__string(0)).toBe('');
    expect(() => guarded(behind, 'unknown').__string(0)).toThrow(UnsafeRead);
  });
});

describe('a damaged program amid zeros', () => {
  const count = (n: number) => (places: Places) => places.follow(places.method, n);
  const valueItems = (places: Places): number =>
    places.follow(places.follow(places.item(places.follow(places.method, 2)), 1), 0);
  const specs = (places: Places): number => places.follow(places.delegate, 2);
  const chain = (places: Places): number => places.item(places.follow(places.method, 5));
  const instructions = (places: Places): number => places.follow(chain(places), 2);
  const args = (places: Places): number =>
    places.follow(places.follow(places.item(instructions(places)), 1), 1);
  const inlineData = (places: Places): number => places.follow(places.item(places.follow(places.root, 3)), 0);
  const call = union(2, 0, [0]);
  const kernel = union(1, 0, [0]);

  it.each<[string, Uint8Array, string[]]>([
    ['in order', program(), ['ok', 'ok']],
    [
      'with an input count that no memory holds',
      changed({}, count(3)),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    [
      'with an output count that no host takes',
      changed({}, count(4)),
      ['ok', 'execute MemoryAllocationFailed'],
    ],
    [
      'with a value count that no memory holds',
      changed({}, count(2)),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    [
      'with values that reach out of the file',
      changed({}, count(2), 2 ** 20),
      ['load InvalidProgram', 'execute InvalidState'],
    ],
    [
      'with a delegate count that no memory holds',
      changed({}, count(7)),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    [
      'with a chain count that no memory holds',
      changed({}, count(5)),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    [
      'with an arena count that no host takes',
      changed({}, count(8)),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    [
      'with a spec count that no memory holds',
      changed({}, specs),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    [
      'with an instruction count that no memory holds',
      changed({}, instructions),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    [
      'with an argument count that no memory holds',
      changed({ instructions: [call] }, args),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    [
      'with arguments that reach out of the file',
      changed({ instructions: [union(2, 9, [0])] }, args, 2 ** 20),
      ['load InvalidProgram', 'execute InvalidState'],
    ],
    [
      'with a list of numbers that no memory holds',
      changed({ values: [union(7, [9n])] }, valueItems),
      ['load InvalidProgram', 'execute InvalidState'],
    ],
    [
      'with a list of tensors that no memory holds',
      changed({ values: [union(10, [0])] }, valueItems),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    [
      'with a list of optional tensors that no memory holds',
      changed({ values: [union(11, [0])] }, valueItems),
      ['load MemoryAllocationFailed', 'execute InvalidState'],
    ],
    ['with data that reach out of the file', changed({}, inlineData), ['ok', 'ok']],
  ])('%s ends as the runtime does', (_, file, expected) => {
    expect(ends(file)).toEqual(expected);
  });

  it('is taken for broken where nothing is known of its surroundings (WSB-PROG-02)', () => {
    const read = readProgram(changed({}, count(2)), 'minimal');
    if (!read.ok) throw new Error(read.fault.message);
    const found = findMethod(read.program, 'forward');
    expect(found.ok ? found.value.entryFault : found.fault).toMatchObject({ code: 'crash-hazard' });
  });

  it('has delegates up to the end of the file where nothing is known of its surroundings', () => {
    const toTheEnd = (places: Places): number => places.bytes.length - count(7)(places) - 4;
    const length = toTheEnd(new Places(program()));
    const read = readProgram(changed({}, count(7), length), 'minimal');
    if (!read.ok) throw new Error(read.fault.message);
    expect(read.program.methods).toMatchObject([{ entryFault: null, exitFault: { code: 'crash-hazard' } }]);
  });

  it('is undefined where the runtime does not ask for memory, or would look for ever', () => {
    const numbers = changed({ values: [union(7, [0n])] }, valueItems);
    expect(() => ends(numbers)).toThrow('no memory for a list');
    const methods = changed({}, (places) => places.follow(places.root, 1));
    const read = readProgram(methods, 'minimal', 'zeros');
    expect(read).toMatchObject({ ok: true, program: { methodsFault: { code: 'crash-hazard' } } });
  });

  it('hands an engine that reaches out of the file to TensorRT, which notes it', () => {
    const engineSize = (places: Places): number => inlineData(places) + 4 + 16;
    const places = new Places(changed({}, inlineData));
    expect(ends(places.set(engineSize(places), 0x10000))).toEqual([
      'load InvalidProgram',
      'execute InvalidState',
      'plan-out-of-bounds',
    ]);
  });

  it.each<[string, Parts, string]>([
    ['a backend', { backend: 'weight_streaming_budget' }, 'load NotFound, logged'],
    [
      'a backend, behind what the log holds',
      { backend: `${' '.repeat(240)}weight_streaming_budget` },
      'load NotFound',
    ],
    [
      'an operator',
      { instructions: [kernel], operators: [table('weight_streaming_budget')] },
      'load OperatorMissing, logged',
    ],
    ['another operator', { instructions: [kernel], operators: [table('add')] }, 'load OperatorMissing'],
  ])('logs the budget when it is the name of %s', (_, parts, expected) => {
    expect(ends(program(parts))).toEqual([expected, 'execute InvalidState']);
  });
});
