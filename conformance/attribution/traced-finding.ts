import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Finding } from '../model/finding.js';
import { fingerprint } from '../model/fingerprint.js';
import type { Clauses } from './attribute.js';

/**
 * A finding whose clause is not settled: which of several it is depends on what else is known to be
 * broken.
 */
export interface TracedFinding {
  /** The clauses that the difference can be traced to, the likeliest first. */
  readonly clauses: Clauses;
  /** Of a written case it names the clause that the case was written for, else the likeliest. */
  readonly finding: Finding;
}

/** Chooses among clauses that a difference can be traced to. */
export type ChooseClause = (clauses: Clauses) => ClauseId;

/** Chooses the likeliest clause, whatever else is known. */
export const LIKELIEST: ChooseClause = ([first]) => first;

/**
 * Clauses about budgets: what decides one is told better by the first difference than by the case,
 * which may be about something else.
 */
const BUDGET_CLAUSE = /^WSB-(?:PARSE|OPT|PREC|APPLY|METHOD-07|MULTI-0[123])/;

/**
 * Clauses about what any load leaves behind, logs or needs of the device, and about calls that no
 * load makes: any case shows them.
 */
const GENERAL_CLAUSE = /^WSB-(?:FAIL-(?:0[459]|1[02])|MULTI-06|LIFE-(?:0[678]|13))$/;

/** The finding of a written case, of the clause that is chosen where any case shows that one. */
export function settledWritten({ clauses, finding }: TracedFinding, choose: ChooseClause): Finding {
  const likely = choose(clauses);
  const isTold = GENERAL_CLAUSE.test(likely) || BUDGET_CLAUSE.test(likely);
  return isTold ? ofClause(finding, likely) : finding;
}

/** The finding of a generated case, of the clause that is chosen. */
export function settledGenerated({ clauses, finding }: TracedFinding, choose: ChooseClause): Finding {
  const clause = choose(clauses);
  return { ...ofClause(finding, clause), case: { ...finding.case, clauses: [clause] } };
}

function ofClause(finding: Finding, clause: ClauseId): Finding {
  const { verdict, incident } = finding;
  return { ...finding, clause, fingerprint: fingerprint(verdict, clause, incident?.signal) };
}
