import {
  BUDGET_KEY,
  ENGINE_ANSWERS,
  ENGINE_HEADER,
  ENGINE_SPECS,
  OPTION_ARRAY,
  RECORD_HEADER,
} from '../../wire/decision-format.js';
import { type Memory, newMemory } from '../../wire/memory.js';
import type { RecordBlock } from './case-block.js';

/** How many values a block holds. */
export const EXHAUSTIVE_BLOCK = 4096;

/** A record of a value of at most 20 bytes takes less than this. */
const MAX_RECORD_BYTES = 128;

/**
 * Streamable bytes of the one engine: large enough that every small value shows as it was parsed.
 */
const STREAMABLE_HIGH = 0x7fffffff;

/**
 * The values whose neighbours are all tried: the largest budget, the first that is too large, and
 * zero.
 */
const CENTRES = ['9223372036854775807', '9223372036854775808', '0'];
const NEIGHBOURS = CENTRES.flatMap(neighbours);

/** Puts the value of that index at `at`; returns its length in bytes. */
type WriteValue = (index: number, out: Uint8Array, at: number) => number;

/** Values that reach the delegate in the same way. */
interface Stretch {
  readonly channel: 'compile-spec' | 'option';
  readonly count: number;
  readonly write: WriteValue;
}

const STRETCHES: readonly Stretch[] = [
  { channel: 'compile-spec', count: countShortValues(3), write: writeShortValue },
  { channel: 'option', count: countShortValues(2), write: writeShortValue },
  { channel: 'compile-spec', count: NEIGHBOURS.length, write: writeNeighbour },
  { channel: 'option', count: NEIGHBOURS.length, write: writeNeighbour },
];

/** How many values there are in all. */
export const EXHAUSTIVE_CASES = STRETCHES.reduce((sum, { count }) => sum + count, 0);

/** How many blocks they make. */
export const EXHAUSTIVE_BLOCKS = Math.ceil(EXHAUSTIVE_CASES / EXHAUSTIVE_BLOCK);

/**
 * A block of the exhaustive test of parsing: every value of at most 3 bytes as compile spec and of
 * at most 2 bytes as option, and every one-byte change, insertion and deletion of 2^63 - 1, 2^63
 * and 0 as either.
 */
export class ExhaustiveBlock implements RecordBlock {
  readonly bytes;
  readonly view;
  readonly offsets = new Int32Array(EXHAUSTIVE_BLOCK);
  count = 0;
  end = 0;

  constructor() {
    ({ bytes: this.bytes, view: this.view } = newMemory(EXHAUSTIVE_BLOCK * MAX_RECORD_BYTES));
  }

  /** Fills the block with the values of block `number`, from 0. */
  fill(number: number): void {
    this.count = 0;
    this.end = 0;
    let index = number * EXHAUSTIVE_BLOCK;
    for (const stretch of STRETCHES) {
      while (index < stretch.count && this.count < EXHAUSTIVE_BLOCK) {
        this.offsets[this.count++] = this.end;
        this.end = writeRecord(stretch, index++, this, this.end);
      }
      index = Math.max(0, index - stretch.count);
      if (this.count === EXHAUSTIVE_BLOCK) return;
    }
  }
}

/** How many values of at most `length` bytes there are. */
function countShortValues(length: number): number {
  let count = 0;
  for (let size = 0; size <= length; size++) count += 256 ** size;
  return count;
}

/** The empty value, then every byte, then every pair and every triple. */
function writeShortValue(index: number, out: Uint8Array, at: number): number {
  let length = 0;
  let rest = index;
  for (let size = 1; rest >= size; size *= 256) {
    rest -= size;
    length++;
  }
  for (let i = length - 1; i >= 0; i--) {
    out[at + i] = rest & 0xff;
    rest >>>= 8;
  }
  return length;
}

function writeNeighbour(index: number, out: Uint8Array, at: number): number {
  const value = NEIGHBOURS[index] ?? new Uint8Array();
  out.set(value, at);
  return value.length;
}

/** Every one-byte change, insertion and deletion of a text. */
function neighbours(text: string): Uint8Array[] {
  const centre = new TextEncoder().encode(text);
  const found: Uint8Array[] = [];
  for (let at = 0; at <= centre.length; at++) {
    const [before, behind] = [centre.subarray(0, at), centre.subarray(at)];
    for (let byte = 0; byte < 256; byte++) {
      found.push(Uint8Array.from([...before, byte, ...behind]));
      if (at < centre.length) found.push(centre.with(at, byte));
    }
    if (at < centre.length) found.push(Uint8Array.from([...before, ...behind.subarray(1)]));
  }
  return found;
}

/**
 * Writes the decision record of one value, for one streaming engine; returns the offset behind it.
 */
function writeRecord({ channel, write }: Stretch, index: number, out: Memory, start: number): number {
  const { bytes, view } = out;
  const byOption = channel === 'option';
  let at = start + RECORD_HEADER;
  bytes[start + 2] = byOption ? 1 : 0;
  bytes[start + 3] = 1;
  if (byOption) {
    at = writeKey(bytes, at);
    bytes[at++] = OPTION_ARRAY;
    const length = write(index, bytes, at + 2);
    view.setUint16(at, length, true);
    at += 2 + length;
  }
  bytes.fill(0, at, at + ENGINE_HEADER);
  view.setInt32(at + 4, STREAMABLE_HIGH, true);
  bytes[at + ENGINE_ANSWERS] = 0xff;
  bytes[at + ENGINE_SPECS] = byOption ? 0 : 1;
  at += ENGINE_HEADER;
  if (!byOption) {
    at = writeKey(bytes, at);
    const length = write(index, bytes, at + 2);
    view.setUint16(at, length, true);
    at += 2 + length;
  }
  view.setUint16(start, at - start, true);
  return at;
}

function writeKey(out: Uint8Array, at: number): number {
  out[at] = BUDGET_KEY.length;
  out.set(BUDGET_KEY, at + 1);
  return at + 1 + BUDGET_KEY.length;
}
