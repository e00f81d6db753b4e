import type { Policy } from '../../reference/index.js';
import { UNLIMITED_BYTES } from '../../reference/engine/simulated-device.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import { buildRequest } from '../model/build-request.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import type { PolicyOracles } from './oracle.js';
import type { FixedCase } from '../model/fixed-case.js';

/** The policy of a subject, and what is expected under each. */
export interface Policies {
  readonly own: Policy;
  readonly oracles: PolicyOracles;
}

/**
 * A case with the outcome that a subject of a policy is held against.
 *
 * Who chooses an automatic budget is the delegate's affair (WSB-AUTO-01), so where the policies
 * part, the subject's own says what is expected; an outcome that was kept under the other one does
 * not count. A case that has a policy asks for more: a subject whose own policy does not meet what
 * the case states is held against the case's.
 */
export function underPolicy(one: FixedCase, { own, oracles }: Policies): FixedCase {
  const { policy = 'upstream', expectation, request: spec } = one.case;
  // Nobody knows what is free there, so that every policy leaves the choice to TensorRT.
  if (policy === own || spec.device.freeBytes >= UNLIMITED_BYTES) return one;
  const request = buildRequest(spec);
  const expected = oracles[own](request);
  if (policy === 'upstream') return agree(oracles, request) ? one : { ...one, expected };
  if (expectation?.check(expected) === null) return { ...one, expected };
  return { ...one, expected: one.expected ?? oracles[policy](request) };
}

function agree({ fitting, upstream }: PolicyOracles, request: LoadRequest): boolean {
  return Buffer.from(encodedOutcome(fitting(request))).equals(encodedOutcome(upstream(request)));
}
