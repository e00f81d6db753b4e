import { ByteBuffer } from 'flatbuffers';
import { writeProgram } from '../../../reference/index.js';
import * as fb from '../../../reference/program/generated/executorch-flatbuffer.js';
import { ENGINE_HEADER, ENGINE_SPECS, specsEnd } from '../../wire/decision-format.js';
import { type Memory, memoryOf } from '../../wire/memory.js';
import { patchBlob, SCRIPTED_BLOB } from './scripted-blob.js';

const BACKEND = new TextEncoder().encode('TensorRTBackend');

/**
 * The vtables of what a case adds: bytes of the vtable, bytes of the table, and the place of each
 * field in that.
 */
const VTABLES = {
  delegate: [10, 16, 4, 8, 12],
  reference: [8, 8, 0, 4],
  spec: [8, 12, 4, 8],
  inline: [6, 8, 4],
};

/** The places of fields in the vtables of their tables (spec/program.fbs). */
const BACKEND_DELEGATE_DATA = 10;
const DELEGATES = 18;

const PREFIX = programPrefix();

/**
 * Writes the program file of a decision record: one method `forward` with a delegate for each
 * engine of the record, its blob a scripted plan stored inline. The bytes are what
 * reference/program's writer could have written in another order: same tables, same values; the
 * tests read them back through the reference's reader.
 */
export class FlatProgram {
  readonly #delegates = new Int32Array(64);
  readonly #engines = new Int32Array(64);

  /**
   * Writes the program of the record at `record`, whose first engine is at `engine`, to the
   * beginning of `out`; returns its size.
   */
  write(block: Memory, record: number, engine: number, out: Memory): number {
    const count = block.bytes[record + 3] ?? 0;
    out.bytes.set(PREFIX.bytes);
    let at = this.#writeDelegates(out.view, count);
    for (let i = 0; i < count; i++) {
      this.#engines[i] = engine;
      pointTo(out.view, (this.#delegates[i] ?? 0) + 12, at);
      at = writeSpecs(block, engine, out, at);
      engine = specsEnd(block, engine);
    }
    for (let i = 0; i < count; i++) pointTo(out.view, (this.#delegates[i] ?? 0) + 4, at);
    at = writeText(BACKEND, 0, BACKEND.length, out, at);
    return this.#writeInlineData(block.bytes, out, at, count);
  }

  /**
   * The vector of delegates, the delegates, and where each finds its bytes: the i-th inline data.
   */
  #writeDelegates(view: DataView, count: number): number {
    const vector = PREFIX.bytes.length;
    pointTo(view, PREFIX.delegates, vector);
    view.setUint32(vector, count, true);
    let at = vector + 4 + 4 * count;
    for (let i = 0; i < count; i++) {
      pointTo(view, vector + 4 + 4 * i, at);
      this.#delegates[i] = at;
      view.setInt32(at, at - PREFIX.vtables.delegate, true);
      pointTo(view, at + 8, at + 16);
      view.setInt32(at + 16, at + 16 - PREFIX.vtables.reference, true);
      view.setUint32(at + 20, i, true);
      at += 24;
    }
    return at;
  }

  #writeInlineData(block: Uint8Array, out: Memory, at: number, count: number): number {
    const { bytes, view } = out;
    pointTo(view, PREFIX.inlineData, at);
    view.setUint32(at, count, true);
    let table = at + 4 + 4 * count;
    // The bytes themselves start at multiples of 16, each behind its length.
    let data = (table + 8 * count + 4 + 15) & ~15;
    for (let i = 0; i < count; i++) {
      pointTo(view, at + 4 + 4 * i, table);
      view.setInt32(table, table - PREFIX.vtables.inline, true);
      pointTo(view, table + 4, data - 4);
      view.setUint32(data - 4, SCRIPTED_BLOB.length, true);
      bytes.set(SCRIPTED_BLOB, data);
      patchBlob(out, data, block, this.#engines[i] ?? 0);
      table += 8;
      data += SCRIPTED_BLOB.length + 16;
    }
    return data - 16;
  }
}

/**
 * What is the same in every program: one that the reference wrote, with a delegate to be left out
 * of it, and behind it the vtables of what a case adds. `delegates` and `inlineData` are the
 * offsets of the fields that have to point to that.
 */
function programPrefix() {
  const delegate = { backend: '', placement: 'inline', data: new Uint8Array(), compileSpecs: [] } as const;
  const sample = writeProgram({ methods: [{ name: 'forward', delegates: [delegate] }] });
  const buffer = new ByteBuffer(sample);
  const program = fb.Program.getRootAsProgram(buffer);
  const fieldOf = (table: number, place: number): number => table + buffer.__offset(table, place);
  const words = Object.values(VTABLES).flat();
  const start = (sample.length + 3) & ~3;
  const { bytes, view } = memoryOf(new Uint8Array((start + 2 * words.length + 3) & ~3));
  bytes.set(sample);
  for (const [at, word] of words.entries()) view.setUint16(start + 2 * at, word, true);
  let end = start;
  const placed = Object.entries(VTABLES).map(([name, { length }]) => {
    end += 2 * length;
    return [name, end - 2 * length] as const;
  });
  return {
    bytes,
    vtables: Object.fromEntries(placed) as Record<keyof typeof VTABLES, number>,
    delegates: fieldOf(program.executionPlan(0)?.bb_pos ?? 0, DELEGATES),
    inlineData: fieldOf(program.bb_pos, BACKEND_DELEGATE_DATA),
  };
}

function writeSpecs(block: Memory, engine: number, out: Memory, at: number): number {
  const { view } = out;
  const count = block.bytes[engine + ENGINE_SPECS] ?? 0;
  view.setUint32(at, count, true);
  const tables = at + 4 + 4 * count;
  let next = tables + 12 * count;
  let source = engine + ENGINE_HEADER;
  for (let i = 0; i < count; i++) {
    const table = tables + 12 * i;
    pointTo(view, at + 4 + 4 * i, table);
    view.setInt32(table, table - PREFIX.vtables.spec, true);
    const keyLength = block.bytes[source] ?? 0;
    pointTo(view, table + 4, next);
    next = writeText(block.bytes, source + 1, keyLength, out, next);
    source += 1 + keyLength;
    const valueLength = block.view.getUint16(source, true);
    pointTo(view, table + 8, next);
    next = aligned(out.bytes, writeVector(block.bytes, source + 2, valueLength, out, next));
    source += 2 + valueLength;
  }
  return next;
}

/** A string with its NUL; returns the next multiple of 4 behind it. */
function writeText(source: Uint8Array, from: number, length: number, out: Memory, at: number): number {
  const end = writeVector(source, from, length, out, at);
  out.bytes[end] = 0;
  return aligned(out.bytes, end + 1);
}

/** A vector of bytes; returns the offset behind it. */
function writeVector(source: Uint8Array, from: number, length: number, out: Memory, at: number): number {
  out.view.setUint32(at, length, true);
  at += 4;
  for (let i = 0; i < length; i++) out.bytes[at + i] = source[from + i] ?? 0;
  return at + length;
}

function aligned(out: Uint8Array, at: number): number {
  while ((at & 3) !== 0) out[at++] = 0;
  return at;
}

function pointTo(view: DataView, field: number, target: number): void {
  view.setUint32(field, target - field, true);
}
