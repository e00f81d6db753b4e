import type { Policy } from '../../../reference/index.js';
import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { Case, CaseKind } from '../case.js';
import { all, leavesNothing, type Expectation } from '../expectation.js';
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
  /** Names further clauses that a failure of the case added last breaks. */
  also: (...clauses: readonly ClauseId[]) => ClauseCases;
}

/** Adds a case: all that is expected has to come true, and nothing may be left alive. */
export type AddCase = (
  title: string,
  scenario: Scenario,
  ...expectations: readonly Expectation[]
) => ClauseCases;

/**
 * Begins the cases of a clause; those of a clause about automatic budgets have a policy, see
 * {@link Case}.
 */
export function clause(id: ClauseId, policy: Policy | null = null, cases: readonly Case[] = []): ClauseCases {
  const add =
    (kind: CaseKind): AddCase =>
    (title, scenario, ...expectations) =>
      clause(id, policy, [
        ...cases,
        {
          id: `${id}/${kind}/${scenarioQuery(scenario)}`,
          clauses: [id],
          kind,
          title,
          request: scenarioRequest(scenario),
          ...(policy === null ? {} : { policy }),
          expectation: all(...expectations, leavesNothing()),
        },
      ]);
  return {
    clause: id,
    cases,
    control: add('control'),
    violation: add('violation'),
    boundary: add('boundary'),
    also: (...clauses) =>
      clause(
        id,
        policy,
        cases.map((one, at) => (at === cases.length - 1 ? { ...one, clauses: [id, ...clauses] } : one)),
      ),
  };
}
