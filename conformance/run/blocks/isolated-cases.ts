import type { LoadRequest } from '../../../reference/request/load-request.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { encodedRequest } from '../../wire/encode-request.js';
import type { PerCaseProcess } from '../../process/per-case-process.js';
import type { Oracle } from '../../oracle/oracle.js';
import type { Mismatch } from '../../model/mismatch.js';

const NO_OUTCOME = new Uint8Array(0);

/**
 * Runs requests each in a process of its own; as `BlockRunner.run`, but a request that ends its
 * process is a mismatch with an incident, and has no part in what the others come to.
 *
 * @throws SubjectError when such a process does not even start.
 */
export async function runIsolatedCases(
  isolated: PerCaseProcess,
  oracle: Oracle,
  requests: readonly LoadRequest[],
  kept: readonly (Uint8Array | null)[] = [],
): Promise<Mismatch[]> {
  const found = await Promise.all(
    requests.map(async (request, at): Promise<Mismatch | null> => {
      const end = await isolated(encodedRequest(request));
      const expected = kept[at] ?? encodedOutcome(oracle(request));
      if (!(end instanceof Uint8Array)) return { at, request, expected, observed: NO_OUTCOME, incident: end };
      return Buffer.compare(expected, end) === 0 ? null : { at, request, expected, observed: end };
    }),
  );
  return found.filter((mismatch) => mismatch !== null);
}
