import type { DecideBlock } from '../subjects/subject.js';
import { FlatModel } from './flat/flat-model.js';
import { MAX_OUTCOME, OUTCOME_ENGINE, OUTCOME_HEADER } from '../wire/decision-format.js';
import { EXHAUSTIVE_BLOCK } from './flat/exhaustive-block.js';
import { BLOCK_CASES } from './flat/case-block.js';
import { type RecordBlock, recordsOf } from './flat/record-block.js';
import { type BlockResult, differingCases } from './block-result.js';

const OFFSETS = {
  next: (bytes: Uint8Array, at: number): number =>
    at + OUTCOME_HEADER + OUTCOME_ENGINE * (bytes[at + 1] ?? 0),
};

/** Room for the outcomes of a block: generated ones of up to 64 engines, or many of one engine. */
const EXPECTED_BYTES = Math.max(
  BLOCK_CASES * MAX_OUTCOME,
  EXHAUSTIVE_BLOCK * (OUTCOME_HEADER + OUTCOME_ENGINE),
);

/** Holds a subject at decision depth against the flat model, a block at a time. */
export class DecisionVolume {
  private readonly model = new FlatModel('decision');
  private readonly expected = new Uint8Array(EXPECTED_BYTES);
  private readonly expectedView = new DataView(this.expected.buffer);

  constructor(private readonly decide: DecideBlock) {}

  /** Runs the block on both sides. */
  run(block: RecordBlock): BlockResult {
    const end = this.model.decideBlock(block.bytes, block.view, block.end, this.expected, this.expectedView);
    const actual = this.decide(recordsOf(block));
    const mismatches = differingCases(this.expected.subarray(0, end), actual, block.count, OFFSETS);
    return { cases: block.count, mismatches };
  }
}
