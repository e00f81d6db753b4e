import { OPTION_BOOL, OPTION_INT, RECORD_HEADER } from '../../wire/decision-format.js';
import { FlatProgram } from './flat-program.js';

const MAX_PROGRAM = 1 << 20;
/** Unlimited: a device whose free memory nobody knows, so that TensorRT chooses automatic budgets. */
const DEVICE_BYTES = 2 ** 40;
const METHOD = new TextEncoder().encode('forward');
const BACKEND = new TextEncoder().encode('TensorRTBackend');

/** Bytes of a request record before the step's options. */
const HEADER = 4 + 4 + 16 + 1 + 1 + 2 + METHOD.length;

/**
 * Writes the request record (spec/wire-format.md) of a decision record: load `forward` of the program that
 * FlatProgram writes, with the record's options as a raw span for `TensorRTBackend`.
 */
export class FlatRequest {
  private readonly program = new FlatProgram();
  private readonly programBytes = new Uint8Array(MAX_PROGRAM);
  private readonly programView = new DataView(this.programBytes.buffer);

  /** Writes the request of the record at `record` to `out` from `start` on; returns the offset behind it. */
  write(
    block: Uint8Array,
    blockView: DataView,
    record: number,
    out: Uint8Array,
    view: DataView,
    start: number,
  ): number {
    out.fill(0, start, start + HEADER);
    out[start + 4] = 1; // version
    out[start + 7] = 1; // steps
    writeUint64(view, start + 8, DEVICE_BYTES);
    writeUint64(view, start + 16, DEVICE_BYTES);
    let at = start + 26;
    view.setUint16(at, METHOD.length, true);
    out.set(METHOD, at + 2);
    at += 2 + METHOD.length;
    const engines = optionsEnd(block, blockView, record);
    at = writeOptions(block, blockView, record, engines, out, view, at);
    const size = this.program.write(block, blockView, record, engines, this.programBytes, this.programView);
    view.setUint32(at, size, true);
    out.set(this.programBytes.subarray(0, size), at + 4);
    at += 4 + size;
    view.setUint32(start, at - start, true);
    return at;
  }
}

/** The offset of the first engine of the record at `record`. */
export function optionsEnd(block: Uint8Array, view: DataView, record: number): number {
  let at = record + RECORD_HEADER;
  for (let count = block[record + 2] ?? 0; count > 0; count--) {
    at += 1 + (block[at] ?? 0);
    at += 1 + valueSize(block, view, at);
  }
  return at;
}

/** Bytes of an option's value, whose type is at `at`. */
function valueSize(block: Uint8Array, view: DataView, at: number): number {
  const type = block[at];
  if (type === OPTION_BOOL) return 1;
  return type === OPTION_INT ? 4 : 2 + view.getUint16(at + 1, true);
}

/** A record without options passes no map at all. */
function writeOptions(
  block: Uint8Array,
  blockView: DataView,
  record: number,
  end: number,
  out: Uint8Array,
  view: DataView,
  at: number,
): number {
  const count = block[record + 2] ?? 0;
  if (count === 0) {
    out[at] = 0;
    return at + 1;
  }
  out[at] = 1;
  out[at + 1] = 1;
  out[at + 2] = 1; // a raw span
  view.setUint16(at + 3, BACKEND.length, true);
  out.set(BACKEND, at + 5);
  at += 5 + BACKEND.length;
  out[at++] = count;
  for (let source = record + RECORD_HEADER; source < end;) {
    const keyLength = block[source] ?? 0;
    view.setUint16(at, keyLength, true);
    at += 2;
    // Key, type and value are laid out alike in both records.
    const size = keyLength + 1 + valueSize(block, blockView, source + 1 + keyLength);
    for (let i = 0; i < size; i++) out[at + i] = block[source + 1 + i] ?? 0;
    at += size;
    source += 1 + size;
  }
  return at;
}

function writeUint64(view: DataView, at: number, value: number): void {
  const high = Math.floor(value / 4_294_967_296);
  view.setUint32(at, value - high * 4_294_967_296, true);
  view.setUint32(at + 4, high, true);
}
