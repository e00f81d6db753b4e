import type { RunRequests } from '../subjects/subject.js';
import { BLOCK_CASES } from './flat/case-block.js';
import { FlatModel } from './flat/flat-model.js';
import { writeExpectedOutcome } from './flat/flat-outcome.js';
import { FlatRequest } from './flat/flat-request.js';
import { MAX_OUTCOME } from '../wire/decision-format.js';
import type { RecordBlock } from './flat/record-block.js';
import { type BlockResult, differingCases } from './block-result.js';

/** Requests are handed over before they grow past this many bytes; one request is always smaller. */
const BATCH_BYTES = 4 << 20;
const MAX_REQUEST = 1 << 20;
const MAX_RECORD = 8192;

const OFFSETS = {
  next: (bytes: Uint8Array, at: number): number =>
    at + new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true),
};

/**
 * Holds a subject at program depth against the flat model: each record becomes a program file and load
 * options, and the model's decision the outcome that is expected of them.
 */
export class ProgramVolume {
  private readonly model = new FlatModel('program');
  private readonly writer = new FlatRequest();
  private readonly requests = new Uint8Array(BATCH_BYTES + MAX_REQUEST);
  private readonly requestsView = new DataView(this.requests.buffer);
  private readonly decision = new Uint8Array(MAX_OUTCOME);
  private readonly decisionView = new DataView(this.decision.buffer);
  private readonly expected = new Uint8Array(BLOCK_CASES * MAX_RECORD);
  private readonly expectedView = new DataView(this.expected.buffer);

  constructor(private readonly runRequests: RunRequests) {}

  /** Runs the block on both sides, in as many batches as its size asks for. */
  run(block: RecordBlock): BlockResult {
    const mismatches: number[] = [];
    let index = 0;
    while (index < block.count) {
      const first = index;
      let requestsEnd = 0;
      let expectedEnd = 0;
      while (index < block.count && requestsEnd < BATCH_BYTES) {
        const record = block.offsets[index++] ?? 0;
        requestsEnd = this.writer.write(
          block.bytes,
          block.view,
          record,
          this.requests,
          this.requestsView,
          requestsEnd,
        );
        expectedEnd = this.expect(block, record, expectedEnd);
      }
      const actual = this.runRequests(this.requests.subarray(0, requestsEnd));
      const expected = this.expected.subarray(0, expectedEnd);
      for (const differing of differingCases(expected, actual, index - first, OFFSETS))
        mismatches.push(first + differing);
    }
    return { cases: block.count, mismatches };
  }

  private expect(block: RecordBlock, record: number, at: number): number {
    this.model.decide(block.bytes, block.view, record, this.decision, this.decisionView, 0);
    return writeExpectedOutcome(
      block.bytes,
      block.view,
      record,
      this.decision,
      0,
      this.expected,
      this.expectedView,
      at,
    );
  }
}
