import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { caseArbitrary } from '../generators/case-arbitrary.js';
import { loadRequests } from '../generators/load-requests.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodeRequest } from '../wire/encode-request.js';
import type { Oracle } from '../oracle/oracle.js';
import type { RunRequests } from '../subjects/subject.js';

/**
 * The same loop at program depth: one program drawn, written, loaded by the runtime, and its
 * outcome held against the readable model. Throws when an outcome differs.
 */
export function naiveProgramLoop(run: RunRequests, oracle: Oracle, cases: number, seed: number): void {
  const writer = new ByteWriter();
  fc.assert(
    fc.property(caseArbitrary(), (generated) => {
      const [request] = loadRequests([generated]);
      if (request === undefined) return false;
      writer.clear();
      encodeRequest(writer, request);
      return isDeepStrictEqual(decodeOutcome(run(writer.view())), oracle(request));
    }),
    { numRuns: cases, seed },
  );
}
