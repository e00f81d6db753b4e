import type { Random } from '../../generators/random.js';
import type { RecordBlock } from './record-block.js';
import { MAX_GENERATED_RECORD, writeCase } from './write-case.js';

/** How many cases a seed makes, unless the block is full before. */
export const BLOCK_CASES = 256;

/** Every block of a run below this index holds small cases, so that a mismatch shows in a small one first. */
const SMALL_BLOCKS = 4;

const BLOCK_BYTES = 1 << 20;

/** A block of generated decision records: a seed makes one, and the same seed always makes the same. */
export class CaseBlock implements RecordBlock {
  readonly bytes = new Uint8Array(BLOCK_BYTES);
  readonly view = new DataView(this.bytes.buffer);
  readonly offsets = new Int32Array(BLOCK_CASES);
  count = 0;
  end = 0;

  constructor(private readonly random: Random) {}

  /** Fills the block from a 32-bit seed; the first blocks of a run (`index` from 0) hold small cases. */
  fill(seed: number, index: number): void {
    this.random.seed(seed);
    this.count = 0;
    this.end = 0;
    while (this.count < BLOCK_CASES && this.end + MAX_GENERATED_RECORD <= BLOCK_BYTES) {
      this.offsets[this.count++] = this.end;
      this.end = writeCase(this.random, this.bytes, this.view, this.end, index < SMALL_BLOCKS);
    }
  }
}
