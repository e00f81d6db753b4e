import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { Case } from '../case.js';
import type { ProgramSource } from '../request-spec.js';
import type { Scenario } from './scenario.js';
import { scenarioQuery } from './scenario-query.js';
import { scenarioRequest } from './scenario-request.js';

/** A case about a program file alone: it is judged without being loaded, and by one clause. */
export interface ProgramCase extends Pick<Case, 'id' | 'clauses' | 'kind' | 'title'> {
  readonly clauses: readonly [ClauseId];
  readonly program: ProgramSource;
  /** Whether the program keeps the clause; either way it keeps all others about programs. */
  readonly verdict: ProgramVerdict;
}

/** What a clause says of a program. */
export type ProgramVerdict = 'keeps' | 'breaks';

/** The parts of a scenario that a program is written from; the others are about loading it. */
export type ProgramScenario = Omit<
  Scenario,
  'option' | 'options' | 'module' | 'steps' | 'verification' | 'free' | 'fault'
>;

/**
 * The program cases of one clause, as they are being written down: each call adds one and gives the
 * whole back.
 */
export interface ProgramClauseCases {
  readonly cases: readonly ProgramCase[];
  /** A program that keeps the clause. */
  readonly control: (title: string, scenario: ProgramScenario) => ProgramClauseCases;
  /** A program that breaks it. */
  readonly violation: (title: string, scenario: ProgramScenario) => ProgramClauseCases;
  /** A program just inside or just outside its limit. */
  readonly boundary: (
    title: string,
    scenario: ProgramScenario,
    verdict: ProgramVerdict,
  ) => ProgramClauseCases;
}

/** Begins the program cases of a clause. */
export function programClause(id: ClauseId, cases: readonly ProgramCase[] = []): ProgramClauseCases {
  const add = (
    kind: Case['kind'],
    title: string,
    scenario: ProgramScenario,
    verdict: ProgramVerdict,
  ): ProgramClauseCases =>
    programClause(id, [
      ...cases,
      {
        id: `${id}/${kind}/${scenarioQuery(scenario)}`,
        clauses: [id],
        kind,
        title,
        program: scenarioRequest(scenario).program,
        verdict,
      },
    ]);
  return {
    cases,
    control: (title, scenario) => add('control', title, scenario, 'keeps'),
    violation: (title, scenario) => add('violation', title, scenario, 'breaks'),
    boundary: (title, scenario, verdict) => add('boundary', title, scenario, verdict),
  };
}
