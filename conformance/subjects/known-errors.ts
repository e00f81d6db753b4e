import { rulesUnder, VARIANTS, type Policy } from '../../reference/index.js';
import { loadRecordedPlans } from '../golden/recorded.js';
import type { KnownError } from '../run/merge-findings.js';
import { loadSchemas } from '../spec/schemas.js';
import { referenceOracle } from './oracle.js';
import { recordedPlanLookup } from './recorded-plans.js';

/** The errors that the variants of the reference make under a policy. */
export function knownErrors(root: string, policy: Policy = 'upstream'): readonly KnownError[] {
  const lookup = recordedPlanLookup(loadRecordedPlans(root, loadSchemas(root)));
  return Object.values(VARIANTS).map(({ clause, rules }) => ({
    clause,
    outcome: referenceOracle(lookup, rulesUnder(policy, rules)),
  }));
}
