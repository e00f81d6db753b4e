import type { Outcome, Policy } from '../../reference/index.js';
import { UNLIMITED_BYTES } from '../../reference/engine/simulated-device.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import { buildRequest } from '../model/build-request.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import type { Oracle, PolicyOracles } from './oracle.js';
import type { FixedCase } from '../model/fixed-case.js';

/** The policy of a subject, and what is expected under each. */
export interface Policies {
  readonly own: Policy;
  /** For the host of the subject. */
  readonly oracles: PolicyOracles;
  /** For the host that outcomes are kept for; left out where that is the subject's. */
  readonly stock?: PolicyOracles;
}

/**
 * A case with the outcome that a subject of a policy is held against.
 *
 * Who chooses an automatic budget is the delegate's affair (WSB-AUTO-01), so where the policies
 * part, the subject's own says what is expected; an outcome that was kept under the other one does
 * not count. A case that has a policy asks for more: a subject whose own policy does not meet what
 * the case states is held against the case's.
 */
export function underPolicy(given: FixedCase, { own, oracles, stock = oracles }: Policies): FixedCase {
  const { policy = 'upstream', expectation, request: spec } = given.case;
  const one = onItsHost(given, oracles[policy], stock[policy]);
  // Nobody knows what is free there, so that every policy leaves the choice to TensorRT.
  if (policy === own || spec.device.freeBytes >= UNLIMITED_BYTES) return one;
  const request = buildRequest(spec);
  const expected = oracles[own](request);
  if (policy === 'upstream') return agree(oracles, request) ? one : { ...one, expected };
  if (expectation?.check(expected) === null) return { ...one, expected };
  return { ...one, expected: one.expected ?? oracles[policy](request) };
}

/**
 * A kept outcome is that of a stock host: what another version of ExecuTorch does itself counts for
 * a subject that has it.
 */
function onItsHost(one: FixedCase, own: Oracle, stock: Oracle): FixedCase {
  if (one.expected === null || own === stock) return one;
  const request = buildRequest(one.case.request);
  const expected = own(request);
  return same(expected, stock(request)) ? one : { ...one, expected };
}

function agree({ fitting, upstream }: PolicyOracles, request: LoadRequest): boolean {
  return same(fitting(request), upstream(request));
}

function same(a: Outcome, b: Outcome): boolean {
  return Buffer.from(encodedOutcome(a)).equals(encodedOutcome(b));
}
