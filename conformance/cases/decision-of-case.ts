import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { DecisionCase } from '../../reference/rules/decide.js';
import type { Case } from '../model/case.js';
import { decisionOfRequest } from '../model/decision-of-request.js';
import type { RequestSpec } from '../model/request-spec.js';

/** Areas whose clauses a decision shows, but for those below. */
const DECIDED_AREAS = /^WSB-(?:PARSE|OPT|PREC|APPLY|MULTI)-/;

/** Clauses of other areas that a decision shows, too: what is logged of a budget. */
const DECIDED_ELSEWHERE: readonly ClauseId[] = ['WSB-FAIL-09', 'WSB-FAIL-10'];

/**
 * Clauses of these areas that no decision shows: what ExecuTorch's containers refuse, what comes of
 * the engine and of its context, of a load after another one, and what is only read.
 */
const NOT_DECIDED: readonly ClauseId[] = [
  'WSB-OPT-15',
  'WSB-OPT-16',
  'WSB-OPT-18',
  'WSB-APPLY-11',
  'WSB-APPLY-17',
  'WSB-MULTI-06',
  'WSB-MULTI-07',
  'WSB-MULTI-08',
];

/** Whether a decision alone, without a program around it, shows if a clause is kept. */
export function isDecided(clause: ClauseId): boolean {
  return (DECIDED_AREAS.test(clause) && !NOT_DECIDED.includes(clause)) || DECIDED_ELSEWHERE.includes(clause);
}

/**
 * What a written case asks of the budget rules alone; null when the clause that it is written for
 * is about more than these, or its request asks for more.
 */
export function decisionOfCase({ clauses: [clause], request }: Case): DecisionCase | null {
  if (clause === undefined || !isDecided(clause) || !isWhole(request)) return null;
  return decisionOfRequest(request);
}

/**
 * Whether every engine is there and has a context: where one has not, a load ends for another
 * reason than a decision.
 */
function isWhole({ program }: RequestSpec): boolean {
  if (program.kind !== 'methods') return false;
  const engines = program.methods.flatMap(({ delegates }) => delegates.map(({ data }) => data));
  return engines.every(
    (data) =>
      data.kind === 'blob' &&
      data.magic === null &&
      data.engine.kind === 'plan' &&
      data.engine.plan.deserializes &&
      data.engine.plan.createsContext,
  );
}
