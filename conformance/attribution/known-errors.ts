import { readCatalogue } from '../catalogue/catalogue.js';
import { rulesUnder, type Policy, type Rules } from '../../reference/index.js';
import { decide, type DecisionCase, type DecisionOutcome } from '../../reference/rules/decide.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { loadSchemas } from '../spec/schemas.js';
import { referenceOracle, type Oracle } from '../oracle/oracle.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';

/**
 * An error that delegates are known to make: the clause that it breaks, and what a delegate with it
 * does at each depth.
 */
export interface KnownError {
  readonly clause: ClauseId;
  readonly outcome: Oracle;
  readonly decide: (subject: DecisionCase) => DecisionOutcome;
}

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
    rules === undefined
      ? []
      : [{ clause, outcome: oracleOf(rules), decide: (subject: DecisionCase) => decide(subject, rules) }],
  );
}
