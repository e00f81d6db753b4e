import { BLOCK_CASES, CaseBlock } from './flat/case-block.js';
import { EXHAUSTIVE_BLOCK, ExhaustiveBlock } from './flat/exhaustive-block.js';
import { FlatModel } from './flat/flat-model.js';
import { writeExpectedOutcome } from './flat/flat-outcome.js';
import { FlatRequest } from './flat/flat-request.js';
import { MAX_OUTCOME, OUTCOME_ENGINE, OUTCOME_HEADER } from '../wire/decision-format.js';
import { Random } from '../generators/random.js';
import type { RecordBlock } from './flat/record-block.js';
import { CaseBatch } from '../protocol/case-batch.js';
import type { VolumeKind } from './volume-job.js';

/** A batch at program depth is closed before it grows past this many bytes; one request is always smaller. */
const BATCH_BYTES = 4 << 20;
const MAX_REQUEST = 1 << 20;
const MAX_RECORD = 8192;
const DECISION_BYTES = Math.max(
  BLOCK_CASES * MAX_OUTCOME,
  EXHAUSTIVE_BLOCK * (OUTCOME_HEADER + OUTCOME_ENGINE),
);

/** Memory for one block of generated cases at work: its records, its requests, and what is expected of them. */
export class ProcessSlot {
  readonly #generated = new CaseBlock(new Random(0));
  #exhaustive: ExhaustiveBlock | null = null;
  readonly #decisions = new FlatModel('decision');
  readonly #programs = new FlatModel('program');
  readonly #writer = new FlatRequest();
  readonly #expected = new Uint8Array(Math.max(DECISION_BYTES, BLOCK_CASES * MAX_RECORD));
  readonly #expectedView = new DataView(this.#expected.buffer);
  readonly #decision = new Uint8Array(MAX_OUTCOME);
  readonly #decisionView = new DataView(this.#decision.buffer);
  #requests: Uint8Array = new Uint8Array(0);

  /** Makes the block of that number. */
  fill(kind: VolumeKind, seed: number, number: number): RecordBlock {
    if (kind !== 'exhaustive') {
      this.#generated.fill(seed, number);
      return this.#generated;
    }
    this.#exhaustive ??= new ExhaustiveBlock();
    this.#exhaustive.fill(number);
    return this.#exhaustive;
  }

  /** The cases of the block from `first` on, as far as they go into one batch. */
  batch(kind: VolumeKind, block: RecordBlock, first: number): CaseBatch {
    if (kind !== 'program')
      return CaseBatch.of('decision', block.bytes.subarray(block.offsets[first], block.end));
    if (this.#requests.length === 0) this.#requests = new Uint8Array(BATCH_BYTES + MAX_REQUEST);
    const view = new DataView(this.#requests.buffer);
    let end = 0;
    for (let index = first; index < block.count && end < BATCH_BYTES; index++) {
      const record = block.offsets[index] ?? 0;
      end = this.#writer.write(block.bytes, block.view, record, this.#requests, view, end);
    }
    return CaseBatch.of('program', this.#requests.subarray(0, end));
  }

  /** What is expected of `count` cases of the block from `first` on; valid until the next call. */
  expected(kind: VolumeKind, block: RecordBlock, first: number, count: number): Uint8Array {
    if (kind !== 'program') {
      const end = this.#decisions.decideBlock(
        block.bytes,
        block.view,
        block.end,
        this.#expected,
        this.#expectedView,
      );
      return this.#expected.subarray(0, end);
    }
    let end = 0;
    for (const record of block.offsets.subarray(first, first + count)) {
      this.#programs.decide(block.bytes, block.view, record, this.#decision, this.#decisionView, 0);
      end = writeExpectedOutcome(
        block.bytes,
        block.view,
        record,
        this.#decision,
        0,
        this.#expected,
        this.#expectedView,
        end,
      );
    }
    return this.#expected.subarray(0, end);
  }
}
