import { dimensionCases } from '../../generators/dimensions/dimensions.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { encodeDecision } from '../../wire/encode-decision.js';
import { type Memory, memoryOf, newMemory } from '../../wire/memory.js';
import { BLOCK_CASES, type RecordBlock } from './case-block.js';

/** How many cases cover the classes of every dimension. */
export function classCases(): number {
  return dimensionCases().length;
}

/**
 * A block of the cases that cover the classes of every dimension; a block of a number is always the
 * same.
 */
export class ClassBlock implements RecordBlock {
  readonly offsets = new Int32Array(BLOCK_CASES);
  count = 0;
  end = 0;
  #memory: Memory = newMemory(0);
  readonly #writer = new ByteWriter();

  get bytes(): Memory['bytes'] {
    return this.#memory.bytes;
  }

  get view(): Memory['view'] {
    return this.#memory.view;
  }

  /** Fills the block with the cases of block `number`, from 0. */
  fill(number: number): void {
    const first = number * BLOCK_CASES;
    const cases = dimensionCases().slice(first, first + BLOCK_CASES);
    this.#writer.clear();
    for (const [at, made] of cases.entries()) {
      this.offsets[at] = this.#writer.length;
      encodeDecision(this.#writer, made());
    }
    this.count = cases.length;
    this.end = this.#writer.length;
    this.#memory = memoryOf(this.#writer.take());
  }
}
