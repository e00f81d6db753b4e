import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { CaseResult } from '../model/run-result.js';
import type { Verdict } from '../model/verdict.js';
import { isAnswered } from '../coverage/demonstration.js';
import type { ToldReport } from './told-report.js';

/** What a report says of a clause: broken, kept in all that was answered, or not shown at all. */
export type Standing = 'broken' | 'kept' | 'not shown';

/** A clause or a case that stands otherwise in the later of two reports. */
export interface Change {
  readonly clause: ClauseId;
  readonly before: Standing;
  readonly after: Standing;
  /**
   * Its written cases that fail now and did not before, or, where there is none, those that did
   * before and do not now: each as its area and its id.
   */
  readonly cases: readonly string[];
}

/** What a later report says otherwise than an earlier one. */
export interface Comparison {
  /** Broken before, and kept now. */
  readonly fixed: readonly Change[];
  /** Broken now, and not before; also a clause that was broken, in cases that passed before. */
  readonly broken: readonly Change[];
  /** Shown now alone, and kept. */
  readonly shown: readonly Change[];
  /** Shown before alone. */
  readonly gone: readonly Change[];
  /** Written cases that one of the two has alone, each as its area and its id. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Compares two finished reports clause by clause. A clause counts as broken also where its failure
 * is on a list of known ones: what a subject does is compared, not what is thought of it.
 */
export function compareReports(before: ToldReport, after: ToldReport): Comparison {
  const ids = new Set([...clausesOf(before), ...clausesOf(after)]);
  const changes = [...ids].sort().map((clause): Change => ({
    clause,
    before: standingOf(clause, before),
    after: standingOf(clause, after),
    cases: changedCases(clause, before, after),
  }));
  const [earlier, later] = [caseIds(before), caseIds(after)];
  return {
    fixed: changes.filter(
      (change) => change.before === 'broken' && change.after === 'kept' && ranAgain(change, before, after),
    ),
    broken: changes.filter((change) => change.after === 'broken' && isWorse(change, before, after)),
    shown: changes.filter((change) => change.before === 'not shown' && change.after === 'kept'),
    gone: changes.filter((change) => change.before !== 'not shown' && change.after === 'not shown'),
    added: [...later].filter((id) => !earlier.has(id)),
    removed: [...earlier].filter((id) => !later.has(id)),
  };
}

/** Whether a run that may have ended early ran what failed before: else nothing is fixed. */
function ranAgain({ clause }: Change, before: ToldReport, after: ToldReport): boolean {
  if ((after.notRun ?? null) === null) return true;
  const later = caseIds(after);
  return failedCases(clause, before).every((name) => later.has(name));
}

const FAILED: readonly Verdict[] = ['fail', 'expected-fail', 'crashed', 'timed-out', 'protocol-error'];

function isWorse({ clause, before: standing }: Change, before: ToldReport, after: ToldReport): boolean {
  if (standing !== 'broken') return true;
  const passed = new Set(before.cases.filter(({ verdict }) => !FAILED.includes(verdict)).map(nameOf));
  return failedCases(clause, after).some((id) => passed.has(id));
}

/** How a clause stands by a report. */
export function standingOf(clause: ClauseId, report: ToldReport): Standing {
  const found = report.findings.some(
    ({ finding }) => finding.clause === clause || finding.also?.includes(clause) === true,
  );
  if (found || failedCases(clause, report).length > 0) return 'broken';
  const shown = report.cases.some(
    ({ case: one, verdict }) => one.clauses[0] === clause && isAnswered(verdict),
  );
  return shown ? 'kept' : 'not shown';
}

/** A case fails for the clause of its finding; without one, for its own. */
function failedCases(clause: ClauseId, { cases, findings }: ToldReport): readonly string[] {
  const clauseOf = new Map(findings.map(({ finding }) => [finding.fingerprint, finding.clause]));
  return cases
    .filter(({ verdict }) => FAILED.includes(verdict))
    .filter(({ case: one, finding }) => (clauseOf.get(finding ?? '') ?? one.clauses[0]) === clause)
    .map(nameOf);
}

/** A case may be in several areas: as it is written, in golden, as a decision. */
function nameOf({ section, case: { id } }: CaseResult): string {
  return `${section}: ${id}`;
}

function changedCases(clause: ClauseId, before: ToldReport, after: ToldReport): readonly string[] {
  const [earlier, later] = [failedCases(clause, before), failedCases(clause, after)];
  const onlyLater = later.filter((id) => !earlier.includes(id));
  return onlyLater.length > 0 ? onlyLater : earlier.filter((id) => !later.includes(id));
}

function clausesOf({ cases, findings }: ToldReport): readonly ClauseId[] {
  return [
    ...cases.flatMap(({ case: { clauses } }) => clauses.slice(0, 1)),
    ...findings.flatMap(({ finding }) => [finding.clause, ...(finding.also ?? [])]),
  ];
}

const caseIds = ({ cases }: ToldReport): ReadonlySet<string> => new Set(cases.map(nameOf));
