import {
  ENGINE_ANSWERS,
  ENGINE_AUTOMATIC,
  ENGINE_FLAGS,
  ENGINE_HEADER,
  ENGINE_SPECS,
  ENGINE_STREAMABLE,
} from '../../wire/decision-format.js';
import { buildPrefix } from './program-prefix.js';
import { buildScriptedBlob } from './scripted-blob.js';

const PREFIX = buildPrefix();
const BLOB = buildScriptedBlob();
const BACKEND = new TextEncoder().encode('TensorRTBackend');

/**
 * Writes the program file of a decision record: one method `forward` with a delegate for each engine of the
 * record, its blob a scripted plan stored inline. The bytes are what reference/program's writer could have
 * written in another order: same tables, same values; the tests read them back through the reference's reader.
 */
export class FlatProgram {
  private readonly delegates = new Int32Array(64);
  private readonly engines = new Int32Array(64);

  /**
   * Writes the program of the record at `record`, whose first engine is at `engine`, to the beginning of `out`.
   *
   * @returns the size of the program in bytes
   */
  write(
    block: Uint8Array,
    blockView: DataView,
    record: number,
    engine: number,
    out: Uint8Array,
    view: DataView,
  ): number {
    const count = block[record + 3] ?? 0;
    out.set(PREFIX.bytes);
    let at = this.writeDelegates(view, count);
    for (let i = 0; i < count; i++) {
      this.engines[i] = engine;
      const field = (this.delegates[i] ?? 0) + 12;
      at = writeSpecs(block, blockView, engine, out, view, at, field);
      engine = specsEnd(block, blockView, engine);
    }
    const backend = at;
    at = writeVector(out, view, at, BACKEND, 0, BACKEND.length, true);
    for (let i = 0; i < count; i++) pointTo(view, (this.delegates[i] ?? 0) + 4, backend);
    return this.writeInlineData(block, out, view, at, count);
  }

  /** The vector of delegates, the delegates, and where each finds its bytes: the i-th inline data. */
  private writeDelegates(view: DataView, count: number): number {
    const vector = PREFIX.bytes.length;
    view.setUint32(vector, count, true);
    let at = vector + 4 + 4 * count;
    for (let i = 0; i < count; i++) {
      pointTo(view, vector + 4 + 4 * i, at);
      this.delegates[i] = at;
      view.setInt32(at, at - PREFIX.delegateVtable, true);
      pointTo(view, at + 8, at + 16);
      view.setInt32(at + 16, at + 16 - PREFIX.referenceVtable, true);
      view.setUint32(at + 20, i, true);
      at += 24;
    }
    return at;
  }

  private writeInlineData(
    block: Uint8Array,
    out: Uint8Array,
    view: DataView,
    at: number,
    count: number,
  ): number {
    pointTo(view, PREFIX.inlineDataField, at);
    view.setUint32(at, count, true);
    let table = at + 4 + 4 * count;
    // The bytes themselves start at multiples of 16, each behind its length.
    let data = (table + 8 * count + 4 + 15) & ~15;
    for (let i = 0; i < count; i++) {
      pointTo(view, at + 4 + 4 * i, table);
      view.setInt32(table, table - PREFIX.inlineVtable, true);
      pointTo(view, table + 4, data - 4);
      view.setUint32(data - 4, BLOB.bytes.length, true);
      out.set(BLOB.bytes, data);
      const engine = this.engines[i] ?? 0;
      BLOB.patch(
        out,
        view,
        data,
        block,
        engine + ENGINE_STREAMABLE,
        engine + ENGINE_AUTOMATIC,
        block[engine + ENGINE_ANSWERS] ?? 0,
        block[engine + ENGINE_FLAGS] ?? 0,
      );
      table += 8;
      data += BLOB.bytes.length + 16;
    }
    return data - 16;
  }
}

/** The offset behind the engine at `engine` and its compile specs. */
export function specsEnd(block: Uint8Array, view: DataView, engine: number): number {
  let at = engine + ENGINE_HEADER;
  for (let count = block[engine + ENGINE_SPECS] ?? 0; count > 0; count--) {
    at += 1 + (block[at] ?? 0);
    at += 2 + view.getUint16(at, true);
  }
  return at;
}

function writeSpecs(
  block: Uint8Array,
  blockView: DataView,
  engine: number,
  out: Uint8Array,
  view: DataView,
  at: number,
  field: number,
): number {
  const count = block[engine + ENGINE_SPECS] ?? 0;
  pointTo(view, field, at);
  view.setUint32(at, count, true);
  const tables = at + 4 + 4 * count;
  let next = tables + 12 * count;
  let source = engine + ENGINE_HEADER;
  for (let i = 0; i < count; i++) {
    const table = tables + 12 * i;
    pointTo(view, at + 4 + 4 * i, table);
    view.setInt32(table, table - PREFIX.specVtable, true);
    const keyLength = block[source] ?? 0;
    pointTo(view, table + 4, next);
    next = writeVector(out, view, next, block, source + 1, keyLength, true);
    source += 1 + keyLength;
    const valueLength = blockView.getUint16(source, true);
    pointTo(view, table + 8, next);
    next = writeVector(out, view, next, block, source + 2, valueLength, false);
    source += 2 + valueLength;
  }
  return next;
}

/** A vector of bytes, or a string with its NUL; returns the next multiple of 4 behind it. */
function writeVector(
  out: Uint8Array,
  view: DataView,
  at: number,
  source: Uint8Array,
  from: number,
  length: number,
  terminated: boolean,
): number {
  view.setUint32(at, length, true);
  at += 4;
  for (let i = 0; i < length; i++) out[at + i] = source[from + i] ?? 0;
  at += length;
  if (terminated) out[at++] = 0;
  while ((at & 3) !== 0) out[at++] = 0;
  return at;
}

function pointTo(view: DataView, field: number, target: number): void {
  view.setUint32(field, target - field, true);
}
