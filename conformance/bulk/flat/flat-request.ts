import { optionsEnd, optionSize, RECORD_HEADER } from '../../wire/decision-format.js';
import { type Memory, newMemory } from '../../wire/memory.js';
import { FlatProgram } from './flat-program.js';

const MAX_PROGRAM = 1 << 20;
/**
 * Unlimited: a device whose free memory nobody knows, so that TensorRT chooses automatic budgets.
 */
const DEVICE_BYTES = 1n << 40n;
const METHOD = new TextEncoder().encode('forward');
const BACKEND = new TextEncoder().encode('TensorRTBackend');

/** Bytes of a request record before the step's options. */
const HEADER = 4 + 4 + 16 + 1 + 1 + 2 + METHOD.length;

/** The beginning of every request: one step, which loads `forward`, on an unlimited device. */
const REQUEST = newMemory(HEADER);
REQUEST.bytes[4] = 1; // version
REQUEST.bytes[7] = 1; // steps
REQUEST.view.setBigUint64(8, DEVICE_BYTES, true);
REQUEST.view.setBigUint64(16, DEVICE_BYTES, true);
REQUEST.view.setUint16(26, METHOD.length, true);
REQUEST.bytes.set(METHOD, 28);

/**
 * Writes the request record (spec/wire-format.md) of a decision record: load `forward` of the
 * program that FlatProgram writes, with the record's options as a raw span for `TensorRTBackend`.
 */
export class FlatRequest {
  readonly #program = new FlatProgram();
  readonly #file = newMemory(MAX_PROGRAM);

  /**
   * Writes the request of the record at `record` to `out` from `start` on; returns the offset
   * behind it.
   */
  write(block: Memory, record: number, out: Memory, start: number): number {
    out.bytes.set(REQUEST.bytes, start);
    const engines = optionsEnd(block, record);
    let at = writeOptions(block, record, engines, out, start + HEADER);
    const size = this.#program.write(block, record, engines, this.#file);
    out.view.setUint32(at, size, true);
    out.bytes.set(this.#file.bytes.subarray(0, size), at + 4);
    at += 4 + size;
    out.view.setUint32(start, at - start, true);
    return at;
  }
}

/** A record without options passes no map at all. `end` is where its options end. */
function writeOptions(
  block: Memory,
  record: number,
  end: number,
  { bytes, view }: Memory,
  at: number,
): number {
  const count = block.bytes[record + 2] ?? 0;
  if (count === 0) {
    bytes[at] = 0;
    return at + 1;
  }
  bytes[at] = 1;
  bytes[at + 1] = 1;
  bytes[at + 2] = 1; // a raw span
  view.setUint16(at + 3, BACKEND.length, true);
  bytes.set(BACKEND, at + 5);
  at += 5 + BACKEND.length;
  bytes[at++] = count;
  for (let source = record + RECORD_HEADER; source < end;) {
    const keyLength = block.bytes[source] ?? 0;
    view.setUint16(at, keyLength, true);
    at += 2;
    // Key, type and value are laid out alike in both records.
    const size = keyLength + 1 + optionSize(block, source + 1 + keyLength);
    for (let i = 0; i < size; i++) bytes[at + i] = block.bytes[source + 1 + i] ?? 0;
    at += size;
    source += 1 + size;
  }
  return at;
}
