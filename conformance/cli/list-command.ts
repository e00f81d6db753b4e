import { Argument, Command } from 'commander';
import { ALL_CASES } from '../cases/all-cases.js';
import type { Case } from '../model/case.js';
import { EXPORT } from '../cases/export.js';
import { EXPORTERS } from '../cases/exporters.js';
import { caseToJson } from '../wire/json/json-case.js';
import { exportCaseToJson } from '../wire/json/json-export.js';
import { programToJson } from '../wire/json/json-program.js';
import { chooses, filterOf, queriesText, type Filter } from '../model/filter.js';
import { loadClauses } from '../spec/load-clauses.js';
import { collectQuery } from './filter-queries.js';
import { type Output, UsageError } from './output.js';
import { lineList, visible, visibleJson, visibleLine, type VisibleText } from '../model/visible-text.js';

interface ListOptions {
  readonly filter?: readonly string[];
  readonly json?: true;
}

/** `trt-conformance list clauses|cases`. */
export function listCommand(root: string, { out }: Output): Command {
  return new Command('list')
    .addArgument(new Argument('[what]', 'what to list').choices(['clauses', 'cases']).default('clauses'))
    .option(
      '--filter <query>',
      'clause ids or case ids; * stands for any text, and a ! before it leaves that out; may be given again',
      collectQuery,
    )
    .option('--json', 'as a JSON array')
    .action((what: 'clauses' | 'cases', { filter, json }: ListOptions) => {
      const chosen = filter === undefined ? null : filterOf(filter);
      const items = what === 'clauses' ? clauseItems(root, chosen) : caseItems(chosen);
      if (items.length === 0)
        throw new UsageError(`No ${what} match ${visibleLine(queriesText(filter ?? []))}.`);
      const values = (): unknown[] => items.map(({ value }) => value);
      out(
        json === true
          ? lineList([visibleJson(values(), null, 2)])
          : lineList(items.flatMap(({ lines }) => lines)),
      );
    });
}

interface Item {
  readonly lines: readonly VisibleText[];
  readonly value: unknown;
}

function clauseItems(root: string, filter: Filter | null): Item[] {
  return loadClauses(root)
    .filter(({ id }) => filter === null || filter.matches(id))
    .map((clause) => {
      const count = [...ALL_CASES, ...EXPORT, ...EXPORTERS].filter(({ clauses }) =>
        clauses.includes(clause.id),
      ).length;
      return {
        lines: [
          visible`${clause.id.padEnd(15)}${clause.level.padEnd(7)}${String(count).padStart(4)} cases  ${clause.title}`,
        ],
        value: { ...clause, cases: count },
      };
    });
}

function caseItems(filter: Filter | null): Item[] {
  const loads = ALL_CASES.filter((one) => chooses(filter, one)).map((one) =>
    caseItem(one, one.expectation?.text ?? '', caseToJson(one)),
  );
  const programs = EXPORT.filter((one) => chooses(filter, one)).map((one) => {
    const { program, verdict, ...facts } = one;
    return caseItem(one, `${verdict} the clause`, { ...facts, program: programToJson(program) });
  });
  const asked = EXPORTERS.filter((one) => chooses(filter, one)).map((one) =>
    caseItem(one, one.expectation?.text ?? '', exportCaseToJson(one)),
  );
  return [...loads, ...programs, ...asked];
}

function caseItem({ id, title }: Pick<Case, 'id' | 'title'>, states: string, json: object): Item {
  return { lines: [visible`${id}`, visible`    ${title}: ${states}`], value: { ...json, states } };
}
