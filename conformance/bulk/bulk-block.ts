import { MAX_OUTCOME, OUTCOME_ENGINE, OUTCOME_HEADER } from '../wire/decision-format.js';
import { type Memory, newMemory } from '../wire/memory.js';
import { type BulkKind, depthOf } from './bulk-job.js';
import { BLOCK_CASES, CaseBlock, type RecordBlock } from './flat/case-block.js';
import { ClassBlock } from './flat/class-block.js';
import { EXHAUSTIVE_BLOCK, ExhaustiveBlock } from './flat/exhaustive-block.js';
import { FlatModel } from './flat/flat-model.js';
import { writeExpectedOutcome } from './flat/flat-outcome.js';
import { FlatRequest } from './flat/flat-request.js';

/**
 * A batch at program depth is closed before it grows past this many bytes; one request is always
 * smaller.
 */
const BATCH_BYTES = 4 << 20;
const MAX_REQUEST = 1 << 20;
const MAX_RECORD = 8192;

/** Room for the outcomes of a block: generated ones of up to 64 engines, or many of one engine. */
const DECISION_BYTES = Math.max(
  BLOCK_CASES * MAX_OUTCOME,
  EXHAUSTIVE_BLOCK * (OUTCOME_HEADER + OUTCOME_ENGINE),
);

/**
 * Memory for one block of cases at work: its records, its requests, and what is expected of them.
 */
export class BulkBlock {
  readonly #generated = new CaseBlock();
  readonly #classes = new ClassBlock();
  #exhaustive: ExhaustiveBlock | null = null;
  readonly #decisions = new FlatModel('decision');
  readonly #programs = new FlatModel('program');
  readonly #writer = new FlatRequest();
  readonly #expected = newMemory(Math.max(DECISION_BYTES, BLOCK_CASES * MAX_RECORD));
  readonly #decision = newMemory(MAX_OUTCOME);
  #requests: Memory | null = null;

  /** Makes the block of that number. */
  fill(kind: BulkKind, seed: number, number: number): RecordBlock {
    switch (kind) {
      case 'program':
      case 'decision':
        this.#generated.fill(seed, number);
        return this.#generated;
      case 'program classes':
      case 'decision classes':
        this.#classes.fill(number);
        return this.#classes;
      case 'exhaustive':
        this.#exhaustive ??= new ExhaustiveBlock();
        this.#exhaustive.fill(number);
        return this.#exhaustive;
    }
  }

  /**
   * The cases of the block from `first` on, as far as they go into one batch, as records; valid
   * until the next call.
   */
  batch(
    kind: BulkKind,
    block: RecordBlock,
    first: number,
  ): { readonly bytes: Uint8Array; readonly count: number } {
    if (depthOf(kind) === 'decision') {
      return { bytes: block.bytes.subarray(block.offsets[first], block.end), count: block.count - first };
    }
    this.#requests ??= newMemory(BATCH_BYTES + MAX_REQUEST);
    let end = 0;
    let index = first;
    for (; index < block.count && end < BATCH_BYTES; index++) {
      end = this.#writer.write(block, block.offsets[index] ?? 0, this.#requests, end);
    }
    return { bytes: this.#requests.bytes.subarray(0, end), count: index - first };
  }

  /**
   * What is expected of `count` cases of the block from `first` on, as {@link batch} gives them;
   * valid until the next call.
   */
  expected(kind: BulkKind, block: RecordBlock, first: number, count: number): Uint8Array {
    let end = 0;
    if (depthOf(kind) === 'decision') end = this.#decisions.decideBlock(block, block.end, this.#expected);
    else {
      for (let index = first; index < first + count; index++) {
        const record = block.offsets[index] ?? 0;
        this.#programs.decide(block, record, this.#decision, 0);
        end = writeExpectedOutcome(block, record, this.#decision.bytes, this.#expected, end);
      }
    }
    return this.#expected.bytes.subarray(0, end);
  }
}
