import type { LoadRequest } from '../../../reference/request/load-request.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { encodedOutcome, encodeOutcome } from '../../wire/encode-outcome.js';
import { encodedRequest, encodeRequest } from '../../wire/encode-request.js';
import { readRecords } from '../../wire/read-records.js';
import { WireError } from '../../wire/wire-error.js';
import type { PerCaseProcess } from '../../process/per-case-process.js';
import { isOtherRuntimeUse } from '../../oracle/is-other-runtime-use.js';
import type { Oracle } from '../../oracle/oracle.js';
import type { Subject } from '../../subjects/subject.js';
import type { Mismatch } from '../../model/mismatch.js';
import { SubjectError } from '../../model/subject-error.js';
import { type AskedDecision, runDecisionBlock } from './decision-block.js';
import { type BlockOptions, NO_RECORD, runOutOfProcessBlock } from './out-of-process-block.js';

/**
 * Runs blocks of requests on a subject and compares each outcome with the oracle's, byte by byte.
 * The buffers are used again for the next block.
 */
export class BlockRunner {
  readonly #subject: Subject;
  readonly #oracle: Oracle;
  readonly #requests = new ByteWriter();
  readonly #expected = new ByteWriter();

  constructor(subject: Subject, oracle: Oracle) {
    this.#subject = subject;
    this.#oracle = oracle;
  }

  /**
   * The requests of the block whose outcomes differ; empty when all are as expected. `kept` holds
   * the expected records that do not come from the oracle. A request that passed and then turns out
   * to break a subject in a process of its own is told to `onLate`.
   *
   * @throws SubjectError when the subject breaks or does not answer with one record for each
   * request.
   */
  async run(block: readonly LoadRequest[], options: BlockOptions = {}): Promise<Mismatch[]> {
    const { kept = [] } = options;
    if (this.#subject.kind === 'out-of-process') {
      return runOutOfProcessBlock(this.#subject, this.#oracle, block, options);
    }
    this.#requests.clear();
    this.#expected.clear();
    for (const [at, request] of block.entries()) {
      encodeRequest(this.#requests, request);
      const record = kept[at] ?? null;
      if (record === null) encodeOutcome(this.#expected, this.#oracle(request));
      else this.#expected.bytes(record);
    }
    const observed = this.#subject.run(this.#requests.view());
    const expected = this.#expected.view();
    if (Buffer.compare(expected, observed) === 0) return [];
    return mismatches(block, expected, observed).filter(
      (found) => !isOtherRuntimeUse(this.#oracle, found.request, found),
    );
  }

  /**
   * As {@link run}, for requests whose programs may be damaged: each in a process of its own where
   * the subject has a way to, so that one which ends its process is a mismatch like any other.
   */
  async runPerCaseProcess(
    block: readonly LoadRequest[],
    options: Pick<BlockOptions, 'kept' | 'allowance'> = {},
  ): Promise<Mismatch[]> {
    const { kind, perCaseProcess } = this.#subject;
    // What ends a process of the subject's own is a mismatch anyway.
    if (perCaseProcess === null || kind === 'out-of-process') return this.run(block, options);
    return runEachAlone(perCaseProcess, this.#oracle, block, options.kept ?? []);
  }

  /** As {@link run}, at decision depth, where the readable model says what is expected. */
  async runDecisions(
    block: readonly AskedDecision[],
    options: Pick<BlockOptions, 'onLate' | 'allowance'> = {},
  ): Promise<Mismatch[]> {
    return block.length === 0 ? [] : runDecisionBlock(this.#subject, block, options);
  }
}

async function runEachAlone(
  perCaseProcess: PerCaseProcess,
  oracle: Oracle,
  block: readonly LoadRequest[],
  kept: readonly (Uint8Array | null)[],
): Promise<Mismatch[]> {
  const found = await Promise.all(
    block.map(async (request, at): Promise<Mismatch | null> => {
      const end = await perCaseProcess(encodedRequest(request));
      const expected = kept[at] ?? encodedOutcome(oracle(request));
      if (!(end instanceof Uint8Array)) return { at, request, expected, observed: NO_RECORD, incident: end };
      if (Buffer.compare(expected, end) === 0) return null;
      const pair = { expected, observed: end };
      return isOtherRuntimeUse(oracle, request, pair) ? null : { at, request, ...pair };
    }),
  );
  return found.filter((mismatch) => mismatch !== null);
}

function mismatches(block: readonly LoadRequest[], expected: Uint8Array, observed: Uint8Array): Mismatch[] {
  const wanted = readRecords(expected);
  const found = answerRecords(observed, block.length);
  return block.flatMap((request, at) => {
    const pair = { expected: recordAt(expected, wanted[at]), observed: recordAt(observed, found[at]) };
    return Buffer.compare(pair.expected, pair.observed) === 0 ? [] : [{ at, request, ...pair }];
  });
}

function recordAt(batch: Uint8Array, [start, end]: readonly [number, number] = [0, 0]): Uint8Array {
  return batch.slice(start, end);
}

function answerRecords(observed: Uint8Array, count: number): [start: number, end: number][] {
  try {
    const records = readRecords(observed);
    if (records.length === count) return records;
    throw new SubjectError(
      'broken',
      `The subject answered ${count} requests with ${records.length} outcomes.`,
    );
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new SubjectError(
      'broken',
      `The answer of the subject is not a batch of outcomes: ${cause.message}.`,
      {
        cause,
      },
    );
  }
}
