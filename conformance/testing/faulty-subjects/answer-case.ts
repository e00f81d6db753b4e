import { runReference } from '../../../reference/index.js';
import { FlatModel } from '../../bulk/flat/flat-model.js';
import { MAX_OUTCOME } from '../../wire/decision-format.js';
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
  const out = new Uint8Array(MAX_OUTCOME);
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  return out.slice(0, model.decideBlock(record, view, record.length, out, new DataView(out.buffer)));
}
