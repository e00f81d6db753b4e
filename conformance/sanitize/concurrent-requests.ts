import { AREAS } from '../cases/all-cases.js';
import { buildRequest } from '../model/build-request.js';
import type { RequestSpec } from '../model/request-spec.js';
import { policyOracles } from '../oracle/oracle.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { encodedRequest } from '../wire/encode-request.js';

/** Requests as records one behind the other, and the outcome that each has alone. */
export interface ConcurrentRequests {
  readonly requests: Uint8Array;
  readonly outcomes: Uint8Array;
  readonly count: number;
}

/** Areas whose engines do not make room for others, which a delegate holds a lock for. */
export const WITHOUT_ROOM = [
  ...['options', 'precedence', 'application', 'engines', 'methods', 'failure', 'lifecycle'],
] as const;

/** The hand-written cases of these areas, and further requests, as threads run them at once. */
export function concurrentRequests(
  areas: readonly string[],
  further: readonly RequestSpec[] = [],
): ConcurrentRequests {
  const oracle = policyOracles(() => null).fitting;
  const written = areas.flatMap((area) => (AREAS[area] ?? []).map(({ request }) => request));
  // What has threads of its own is tried by any run.
  const requests = [...written, ...further].flatMap((request) =>
    request.threads === undefined ? [buildRequest(request)] : [],
  );
  return {
    requests: Buffer.concat(requests.map(encodedRequest)),
    outcomes: Buffer.concat(requests.map((request) => encodedOutcome(oracle(request)))),
    count: requests.length,
  };
}
