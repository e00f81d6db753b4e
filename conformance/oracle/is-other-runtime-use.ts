import {
  OTHER_RUNTIME_USES,
  UndefinedBehaviourError,
  UnmodelledProgramError,
} from '../../reference/index.js';
import type { AnyLoadRequest } from '../../reference/request/load-request.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import type { Oracle } from './oracle.js';

/** Two outcome records of one request that differ. */
export interface RecordPair {
  readonly expected: Uint8Array;
  readonly observed: Uint8Array;
}

/** Where an outcome record says how many runtimes are left (spec/wire-format.md). */
const RUNTIMES_LEFT_AT = 8;

/**
 * Whether an outcome other than the expected one is that of a delegate which only comes by its
 * runtimes otherwise, as it may (WSB-FAIL-06). `mask` takes from a record what the subject does not
 * tell; both records of the pair are without it.
 */
export function isOtherRuntimeUse(
  oracle: Oracle,
  request: AnyLoadRequest,
  { expected, observed }: RecordPair,
  mask: (record: Uint8Array) => Uint8Array = (record) => record,
): boolean {
  const asksForOne = request.device.faults.some(({ call }) => call === 'createInferRuntime');
  const keepsOne = observed[RUNTIMES_LEFT_AT] === 1 && expected[RUNTIMES_LEFT_AT] === 0;
  if (!asksForOne && !keepsOne) return false;
  try {
    // An outcome that was kept for a reason of its own has no other forms.
    if (!same(mask(encodedOutcome(oracle(request))), expected)) return false;
    return OTHER_RUNTIME_USES.some((use) =>
      same(mask(encodedOutcome(oracle(request, undefined, use))), observed),
    );
  } catch (error) {
    if (error instanceof UndefinedBehaviourError || error instanceof UnmodelledProgramError) return false;
    throw error;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
