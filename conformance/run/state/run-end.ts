import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { Step } from './step.js';

/**
 * Why a run ends before its plan does: at its first failure, or because the time that it may take
 * is up.
 */
export type EndReason = 'fail-fast' | 'budget';

/** Whether a run ends before its plan does. */
export interface RunEnd {
  /** Takes notice of a step that was counted, in this run or an earlier one that it continues. */
  readonly note: (step: Step) => void;
  /** Why it is over, as far as is known now; null while it goes on. Asked between two steps. */
  readonly reason: () => EndReason | null;
}

/** The end of a run that ends with its plan. */
export const WITH_PLAN: RunEnd = { note: () => undefined, reason: () => null };

/** What ends a run early. */
export interface EarlyEnds {
  /**
   * The clauses that decide, a failure of which ends the run; null where none does. Crashes,
   * timeouts and breaches of the protocol end it, too.
   */
  readonly deciding: ReadonlySet<ClauseId> | null;
  /** Milliseconds that it may take; null without a limit. */
  readonly budget: number | null;
  /** How long it went on, in milliseconds. */
  readonly elapsed: () => number;
}

/** The end of a run that may end early; a failure is the first reason. */
export function earlyEnd({ deciding, budget, elapsed }: EarlyEnds): RunEnd {
  let failed = false;
  return {
    note: (step) => {
      failed ||= deciding !== null && showsFailure(step, deciding);
    },
    reason: () => {
      if (failed) return 'fail-fast';
      return budget !== null && elapsed() >= budget ? 'budget' : null;
    },
  };
}

const BROKEN = ['crashed', 'timed-out', 'protocol-error'] as const;
const FAILED: readonly string[] = ['fail', ...BROKEN];

function showsFailure(
  { verdicts, findings, broken = {}, checks = [] }: Step,
  deciding: ReadonlySet<ClauseId>,
): boolean {
  if (BROKEN.some((kind) => (verdicts[kind] ?? 0) > 0)) return true;
  if ((Object.keys(broken) as ClauseId[]).some((clause) => deciding.has(clause))) return true;
  const decides = (clauses: readonly (ClauseId | null)[]): boolean =>
    clauses.some((clause) => clause !== null && deciding.has(clause));
  return (
    findings.some((one) => FAILED.includes(one.verdict) && decides([one.clause, ...(one.also ?? [])])) ||
    checks.some((one) => FAILED.includes(one.verdict) && decides([one.clause]))
  );
}
