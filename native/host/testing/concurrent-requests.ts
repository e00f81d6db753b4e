import { AREAS } from '../../../conformance/cases/all-cases.js';
import { buildRequest } from '../../../conformance/model/build-request.js';
import { policyOracles } from '../../../conformance/oracle/oracle.js';
import { encodedOutcome } from '../../../conformance/wire/encode-outcome.js';
import { encodedRequest } from '../../../conformance/wire/encode-request.js';

/** Requests as records one behind the other, and the outcome that each has alone. */
export interface ConcurrentRequests {
  readonly requests: Uint8Array;
  readonly outcomes: Uint8Array;
}

/** Areas whose engines do not make room for others, which a delegate holds a lock for. */
export const WITHOUT_ROOM = [
  ...['options', 'precedence', 'application', 'engines', 'methods', 'failure', 'lifecycle'],
] as const;

/** The hand-written cases of these areas, with what the reference expects of our delegate. */
export function concurrentRequests(areas: readonly string[]): ConcurrentRequests {
  const oracle = policyOracles(() => null).fitting;
  // What has threads of its own is tried by any run.
  const requests = areas
    .flatMap((area) => AREAS[area] ?? [])
    .flatMap(({ request }) => (request.threads === undefined ? [buildRequest(request)] : []));
  return {
    requests: Buffer.concat(requests.map(encodedRequest)),
    outcomes: Buffer.concat(requests.map((request) => encodedOutcome(oracle(request)))),
  };
}
