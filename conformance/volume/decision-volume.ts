import type { CaseBlock } from '../decision/case-block.js';
import { FlatModel } from '../decision/flat-model.js';
import { MAX_OUTCOME, OUTCOME_ENGINE, OUTCOME_HEADER } from '../decision/format.js';
import { BLOCK_CASES } from '../decision/case-block.js';
import { type BlockResult, differingCases } from './block-result.js';

/** Runs a block of decision records on a subject; gives its outcomes (spec/decision-format.md). */
export type DecideBlock = (records: Uint8Array) => Uint8Array;

const OFFSETS = {
  next: (bytes: Uint8Array, at: number): number =>
    at + OUTCOME_HEADER + OUTCOME_ENGINE * (bytes[at + 1] ?? 0),
};

/** Holds a subject at decision depth against the flat model, a block at a time. */
export class DecisionVolume {
  private readonly model = new FlatModel('decision');
  private readonly expected = new Uint8Array(BLOCK_CASES * MAX_OUTCOME);
  private readonly expectedView = new DataView(this.expected.buffer);

  constructor(private readonly decide: DecideBlock) {}

  /** Runs the block on both sides. */
  run(block: CaseBlock): BlockResult {
    const end = this.model.decideBlock(block.bytes, block.view, block.end, this.expected, this.expectedView);
    const actual = this.decide(block.records());
    const mismatches = differingCases(this.expected.subarray(0, end), actual, block.count, OFFSETS);
    return { cases: block.count, mismatches };
  }
}
