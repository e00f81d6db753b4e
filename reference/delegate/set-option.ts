import type { ClauseId } from '../outcome/clause-id.js';
import type { FailureName } from '../outcome/error-code.js';
import type { GivenValue } from '../outcome/outcome.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { ChoiceTrace } from '../rules/choice-trace.js';
import { cText } from '../rules/c-string.js';
import type { DeliveredOption } from '../rules/delivered-option.js';
import type { SetOptionRules } from '../rules/set-option-rules.js';
import { changeBudget, type Change } from './change-budget.js';
import type { EngineHandle } from './engine-handle.js';
import type { InitContext } from './init-input.js';

/** How a `set_option` or `get_option` ended, and the clause that says so. */
export interface OptionEnd {
  /** Null when it is ok. */
  readonly error: FailureName | null;
  readonly clause: ClauseId;
  /** Of a `get_option` that is ok. */
  readonly value?: GivenValue;
  /** Of a `set_option` that is refused: by which clauses its value is. */
  readonly choice?: ChoiceTrace;
  /** Of a `set_option`: why no live engine is touched; left out where they are. */
  readonly keeps?: ClauseId;
}

/** What `get_option` finds where nothing filled it in. */
const UNTOUCHED: GivenValue = { type: 'string', bytes: new Uint8Array() };

/**
 * The delegate's `set_option`: judges all, then changes each engine that lives, in the order of
 * loading, and then what later loads go by. All engines are changed or none is (WSB-SET-14).
 */
export function setOption(
  options: readonly DeliveredOption[],
  live: readonly EngineHandle[],
  { rules, process, warn }: Pick<InitContext, 'rules' | 'process' | 'warn'>,
): OptionEnd {
  const own = rules.setOption;
  if (!own.isThere) return { error: null, clause: 'WSB-SET-01' };
  const refused = (end: OptionEnd): OptionEnd => {
    if (own.logs) warn('WSB-SET-06');
    return end;
  };
  const choice = new ChoiceTrace([], false);
  const verdict = own.judge(options, rules.chooseBudget, rules.parseBudget, choice);
  switch (verdict.kind) {
    case 'nothing':
      return { error: null, clause: 'WSB-SET-07', keeps: 'WSB-SET-07' };
    case 'removal':
      if (own.removes) process.budget = null;
      return { error: null, clause: 'WSB-SET-18', keeps: 'WSB-SET-18' };
    case 'rejected':
      if (!own.keepsWhenRefused) process.budget = null;
      return refused({ error: 'InvalidArgument', clause: verdict.clause, choice, keeps: 'WSB-SET-05' });
    case 'budget': {
      const failed = changeAll(verdict.budget, live, own);
      if (failed !== null) return refused({ error: 'MemoryAllocationFailed', clause: failed });
      process.budget = verdict.budget;
      return { error: null, clause: 'WSB-SET-01' };
    }
  }
}

/** The delegate's `get_option` for one key (WSB-SET-19, WSB-SET-20). */
export function getOption(
  key: string,
  { rules: { setOption: own }, process: { budget } }: Pick<InitContext, 'rules' | 'process'>,
): OptionEnd {
  if (!own.isThere) return { error: null, clause: 'WSB-SET-01', value: UNTOUCHED };
  const text = cText(key) === BUDGET_KEY ? own.text(budget) : null;
  if (text === null) return { error: 'NotFound', clause: 'WSB-SET-20' };
  const bytes = new TextEncoder().encode(text);
  return { error: null, clause: 'WSB-SET-19', value: { type: 'string', bytes } };
}

/**
 * Changes each engine; where one can't be, those before it get back what they had, the last one
 * first. The clause by which that one failed; null when all are changed.
 */
function changeAll(
  budget: bigint,
  live: readonly EngineHandle[],
  { reaches, restoresEarlier }: SetOptionRules,
): ClauseId | null {
  const done: Extract<Change, { kind: 'done' }>[] = [];
  for (const [at, handle] of live.entries()) {
    if (!reaches(at)) continue;
    const change = changeBudget(budget, handle);
    if (change.kind === 'failed') {
      if (restoresEarlier) for (const each of done.reverse()) each.undo();
      return change.clause;
    }
    done.push(change);
  }
  for (const each of done) each.settle();
  return null;
}
