import type { Policy } from '../../reference/index.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { decodeRequests } from '../wire/decode-request.js';
import { encodeOutcome } from '../wire/encode-outcome.js';
import type { Oracle } from '../oracle/oracle.js';
import type { Subject } from './subject.js';

/** The reference model, or a variant of it, as a subject: it reads and writes the same records as any other. `policy` is the oracle's. */
export function referenceSubject(
  name: string,
  oracle: Oracle,
  version: string,
  policy: Policy = 'upstream',
): Subject {
  const writer = new ByteWriter();
  const run = (requests: Uint8Array): Uint8Array => {
    writer.clear();
    for (const request of decodeRequests(requests)) encodeOutcome(writer, oracle(request));
    return writer.take();
  };
  return { name, versions: { reference: version }, policy, run, volume: { run, decide: null } };
}
