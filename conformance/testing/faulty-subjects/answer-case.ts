import { runReference } from '../../../reference/index.js';
import { FlatModel } from '../../bulk/flat/flat-model.js';
import { MAX_OUTCOME } from '../../wire/decision-format.js';
import { memoryOf, newMemory } from '../../wire/memory.js';
import { decodeRequests } from '../../wire/decode-request.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import type { Depth } from '../../model/depth.js';

const model = new FlatModel('decision');

/** The right answer to a case, as a record. */
export function answerCase(depth: Depth, record: Uint8Array): Uint8Array {
  if (depth === 'program') {
    const [request] = decodeRequests(record);
    if (request === undefined) throw new Error('The case is no request.');
    return encodedOutcome(runReference(request));
  }
  const out = newMemory(MAX_OUTCOME);
  return out.bytes.subarray(0, model.decide(memoryOf(record), 0, out, 0));
}
