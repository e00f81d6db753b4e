import { rulesUnder, type Policy, type Rules } from '../../reference/index.js';
import { readCatalogue } from '../catalogue/catalogue.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import type { KnownError } from './merge-findings.js';
import { loadSchemas } from '../spec/schemas.js';
import { referenceOracle, type Oracle } from '../oracle/oracle.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';

/** Oracles with other rules, each made once; automatic budgets are those of `policy`. */
export function ruledOracles(root: string, policy: Policy = 'upstream'): (rules: Rules) => Oracle {
  const lookup = recordedPlanLookup(loadRecordedPlans(root, loadSchemas(root)));
  const made = new Map<Rules, Oracle>();
  return (rules) => {
    const oracle = made.get(rules) ?? referenceOracle(lookup, rulesUnder(policy, rules));
    made.set(rules, oracle);
    return oracle;
  };
}

/** The errors of the catalogue that the reference can make, under a policy. */
export function knownErrors(root: string, policy: Policy = 'upstream'): readonly KnownError[] {
  const oracleOf = ruledOracles(root, policy);
  return readCatalogue(root).flatMap(({ clause, rules }) =>
    rules === undefined ? [] : [{ clause, outcome: oracleOf(rules) }],
  );
}
