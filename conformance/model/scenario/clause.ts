import type { Policy } from '../../../reference/index.js';
import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { Case, CaseKind } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { Scenario } from './scenario.js';
import { scenarioQuery } from './scenario-query.js';
import { scenarioRequest } from './scenario-request.js';

/**
 * The cases of one clause, as they are being written down: each call adds one and gives the whole
 * back.
 */
export interface ClauseCases {
  readonly clause: ClauseId;
  readonly cases: readonly Case[];
  control: AddCase;
  violation: AddCase;
  boundary: AddCase;
}

/** Adds a case; `also` names further clauses that its failure breaks. */
export type AddCase = (
  title: string,
  scenario: Scenario,
  expectation: Expectation,
  ...also: readonly ClauseId[]
) => ClauseCases;

/**
 * Begins the cases of a clause; those of a clause about automatic budgets have a policy, see
 * {@link Case}.
 */
export function clause(id: ClauseId, policy: Policy | null = null, cases: readonly Case[] = []): ClauseCases {
  const add =
    (kind: CaseKind): AddCase =>
    (title, scenario, expectation, ...also) =>
      clause(id, policy, [
        ...cases,
        {
          id: `${id}/${kind}/${scenarioQuery(scenario)}`,
          clauses: [id, ...also],
          kind,
          title,
          request: scenarioRequest(scenario),
          ...(policy === null ? {} : { policy }),
          expectation,
        },
      ]);
  return {
    clause: id,
    cases,
    control: add('control'),
    violation: add('violation'),
    boundary: add('boundary'),
  };
}
