import type { ClauseId } from '../outcome/clause-id.js';
import { ChoiceTrace } from './choice-trace.js';
import type { BudgetChoice } from './budget-choice.js';
import type { DeliveredOption } from './delivered-option.js';
import type { EngineTrace } from './engine-trace.js';
import type { CompileSpec } from './find-spec.js';
import type { Rules } from './rules.js';

/** Where a budget for an engine can come from, and what the engine can stream; bytes. */
interface Given {
  readonly options: readonly DeliveredOption[];
  readonly specs: readonly CompileSpec[];
  readonly streamable: bigint;
}

/** Chooses a budget, and keeps in the trace of the engine, if there is one, what decided. */
export function chooseTraced(
  { chooseBudget, parseBudget, judgesResident }: Rules,
  { options, specs, streamable }: Given,
  load: { readonly because: readonly ClauseId[]; readonly isFirst: boolean },
  trace: EngineTrace | null,
): BudgetChoice {
  const chosen = new ChoiceTrace(load.because, load.isFirst);
  const judged = chooseBudget(options, specs, parseBudget, trace === null ? undefined : chosen);
  const excused = judged.kind === 'rejected' && streamable <= 0n && !judgesResident;
  const choice: BudgetChoice = excused ? { kind: 'automatic', ignoredOption: false } : judged;
  chosen.choice = choice;
  if (trace !== null) trace.choice = chosen;
  return choice;
}
