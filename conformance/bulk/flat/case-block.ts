import { Random } from '../../generators/random.js';
import { type Memory, newMemory } from '../../wire/memory.js';
import { MAX_GENERATED_RECORD, writeCase } from './write-case.js';

/** A run of decision records in memory, however they were made. */
export interface RecordBlock extends Memory {
  /** Offset of each record; `count` of them are in use. */
  readonly offsets: Int32Array;
  readonly count: number;
  /** Offset behind the last record. */
  readonly end: number;
}

/** A copy of the record at `index`. */
export function recordAt({ bytes, view, offsets }: RecordBlock, index: number): Uint8Array {
  const start = offsets[index] ?? 0;
  return bytes.slice(start, start + view.getUint16(start, true));
}

/** How many cases a seed makes, unless the block is full before. */
export const BLOCK_CASES = 256;

/**
 * Every block of a run below this index holds small cases, so that a mismatch shows in a small one
 * first.
 */
const SMALL_BLOCKS = 4;

const BLOCK_BYTES = 1 << 20;

/**
 * A block of generated decision records: a seed makes one, and the same seed always makes the same.
 */
export class CaseBlock implements RecordBlock {
  readonly bytes;
  readonly view;
  readonly offsets = new Int32Array(BLOCK_CASES);
  count = 0;
  end = 0;
  readonly #random = new Random(0);

  constructor() {
    ({ bytes: this.bytes, view: this.view } = newMemory(BLOCK_BYTES));
  }

  /**
   * Fills the block from a 32-bit seed; the first blocks of a run (`index` from 0) hold small
   * cases.
   */
  fill(seed: number, index: number): void {
    this.#random.seed(seed);
    this.count = 0;
    this.end = 0;
    while (this.count < BLOCK_CASES && this.end + MAX_GENERATED_RECORD <= BLOCK_BYTES) {
      this.offsets[this.count++] = this.end;
      this.end = writeCase(this.#random, this, this.end, index < SMALL_BLOCKS);
    }
  }
}
