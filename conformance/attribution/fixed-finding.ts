import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Case } from '../model/case.js';
import type { Mismatch } from '../model/mismatch.js';
import type { Finding } from '../model/finding.js';
import { findingOf, tracedClauses } from './judge.js';
import type { Ledger } from './ledger.js';

/** The areas whose rules decide on a budget: there a difference tells the rule better than the case does. */
const BUDGET_CLAUSE = /^WSB-(?:PARSE|OPT|PREC|APPLY)-/;

/** Clauses about what any load leaves behind and about calls that no load makes: any case shows them. */
const GENERAL_CLAUSE = /^WSB-(?:FAIL-0[459]|MULTI-06|LIFE-(?:0[678]|13))$/;

/**
 * The finding of a written case. A case about something else, such as failure or several engines, fails also when a budget rule
 * is broken; when that rule is known to be broken already, the case is counted there.
 *
 * @throws SubjectError when the subject's record is no outcome.
 */
export function fixedFinding(failed: Case, mismatch: Mismatch, ledger: Ledger): Finding {
  const traced = tracedClauses(mismatch);
  const [own] = failed.clauses;
  // What broke the subject tells nothing of the rules; the case does.
  if (mismatch.incident !== undefined) return findingOf(failed, own ?? traced[0], mismatch);
  return findingOf(failed, chosenClause(own ?? traced[0], traced, ledger), mismatch);
}

function chosenClause(own: ClauseId, traced: readonly [ClauseId, ...ClauseId[]], ledger: Ledger): ClauseId {
  const likely = ledger.choose(traced);
  if (GENERAL_CLAUSE.test(likely)) return likely;
  if (!BUDGET_CLAUSE.test(likely)) return own;
  return BUDGET_CLAUSE.test(own) || ledger.knows(likely) ? likely : own;
}
