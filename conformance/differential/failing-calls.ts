import {
  runReference,
  type LoadRequest,
  type Outcome,
  type ReferenceContext,
} from '../../reference/index.js';
import { answerList, type Answer } from '../process/answers.js';
import { CaseBatch } from '../protocol/case-batch.js';
import type { OutOfProcessSubject } from '../subjects/subject.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { encodeRequest } from '../wire/encode-request.js';

/** Requests that a subject is given at once. */
const BATCH = 512;

/** A request with calls that fail, and what came of it where that is not what has to. */
export interface FailedCall {
  readonly request: LoadRequest;
  readonly expected: Outcome;
  readonly observed: Answer | undefined;
}

/** What came of requests with calls that fail. */
export interface FailingTally {
  readonly requests: number;
  /** How many leave something alive at their end where the reference carries them out. */
  readonly leaking: number;
  readonly differing: readonly FailedCall[];
}

/**
 * Gives requests to a subject and holds each outcome against that of the reference, byte by byte:
 * how each step ended, every call, what is alive at the end, what was done that no delegate may do.
 */
export async function runFailing(
  subject: Pick<OutOfProcessSubject, 'answer'>,
  context: ReferenceContext,
  requests: Iterable<LoadRequest>,
): Promise<FailingTally> {
  let count = 0;
  let leaking = 0;
  const differing: FailedCall[] = [];
  const writer = new ByteWriter();
  let waiting: Omit<FailedCall, 'observed'>[] = [];
  const judge = async (): Promise<void> => {
    const asked = waiting;
    waiting = [];
    if (asked.length === 0) return;
    const answers = answerList(await subject.answer(CaseBatch.of('program', writer.take())), 'program');
    for (const [n, each] of asked.entries()) {
      const observed = answers[n];
      const wanted = encodedOutcome(each.expected);
      if (!(observed instanceof Uint8Array) || Buffer.compare(observed, wanted) !== 0)
        differing.push({ ...each, observed });
    }
    count += asked.length;
  };
  for (const request of requests) {
    encodeRequest(writer, request);
    const expected = runReference(request, context);
    if (Object.values(expected.leaks).some((left) => left > 0)) leaking++;
    waiting.push({ request, expected });
    if (waiting.length === BATCH) {
      await judge();
      writer.clear();
    }
  }
  await judge();
  return { requests: count, leaking, differing };
}
