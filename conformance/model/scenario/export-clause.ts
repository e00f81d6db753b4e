import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { CaseKind } from '../case.js';
import type { ExportCase, ExportExpectation } from '../export-case.js';
import { type ExportScenario, exportQuery, exportRequest } from './export-scenario.js';

/** Adds a case: all that is expected has to come true. */
export type AddExportCase = (
  title: string,
  scenario: ExportScenario,
  ...expectations: readonly ExportExpectation[]
) => ExportClauseCases;

/**
 * The cases of one clause for exporters, as they are being written down: each call adds one and
 * gives the whole back.
 */
export interface ExportClauseCases {
  readonly cases: readonly ExportCase[];
  readonly control: AddExportCase;
  readonly violation: AddExportCase;
  readonly boundary: AddExportCase;
}

/** Begins the cases of a clause for exporters. */
export function exportClause(id: ClauseId, cases: readonly ExportCase[] = []): ExportClauseCases {
  const add =
    (kind: CaseKind): AddExportCase =>
    (title, scenario, ...expectations) =>
      exportClause(id, [
        ...cases,
        {
          id: `${id}/${kind}/ask/${exportQuery(scenario)}`,
          clauses: [id],
          kind,
          title,
          request: exportRequest(scenario),
          expectation: every(expectations),
        },
      ]);
  return { cases, control: add('control'), violation: add('violation'), boundary: add('boundary') };
}

function every(expectations: readonly ExportExpectation[]): ExportExpectation {
  return {
    text: expectations.map(({ text }) => text).join(', '),
    check: (answer) => expectations.map(({ check }) => check(answer)).find((fault) => fault !== null) ?? null,
  };
}
