import {
  type Channel,
  countShortValues,
  neighbours,
  writeShortValue,
  writeValueRecord,
} from './exhaustive.js';
import type { RecordBlock } from './record-block.js';

/** How many values a block holds. */
export const EXHAUSTIVE_BLOCK = 4096;

/** A record of a value of at most 20 bytes takes less than this. */
const MAX_RECORD_BYTES = 128;

interface Stretch {
  readonly channel: Channel;
  readonly count: number;
  readonly write: (index: number, out: Uint8Array, at: number) => number;
}

const NEIGHBOURS = neighbours();

function writeNeighbour(index: number, out: Uint8Array, at: number): number {
  const value = NEIGHBOURS[index] ?? new Uint8Array();
  out.set(value, at);
  return value.length;
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
 * A block of the bounded proof of parsing: every value of at most 3 bytes as compile spec and of at most 2 bytes as option, and
 * every one-byte change, insertion and deletion of 2^63 - 1, 2^63 and 0 as either.
 */
export class ExhaustiveBlock implements RecordBlock {
  readonly bytes = new Uint8Array(EXHAUSTIVE_BLOCK * MAX_RECORD_BYTES);
  readonly view = new DataView(this.bytes.buffer);
  readonly offsets = new Int32Array(EXHAUSTIVE_BLOCK);
  count = 0;
  end = 0;

  /** Fills the block with the values of block `number`, from 0. */
  fill(number: number): void {
    this.count = 0;
    this.end = 0;
    let index = number * EXHAUSTIVE_BLOCK;
    for (const stretch of STRETCHES) {
      while (index < stretch.count && this.count < EXHAUSTIVE_BLOCK) this.add(stretch, index++);
      index = Math.max(0, index - stretch.count);
      if (this.count === EXHAUSTIVE_BLOCK) return;
    }
  }

  private add({ channel, write }: Stretch, index: number): void {
    this.offsets[this.count++] = this.end;
    this.end = writeValueRecord(channel, this.bytes, this.view, this.end, (out, at) => write(index, out, at));
  }
}
