import type { ClauseId } from '../outcome/clause-id.js';
import { ChoiceTrace } from './choice-trace.js';
import type { BudgetChoice } from './budget-choice.js';
import type { DeliveredOption } from './delivered-option.js';
import type { EngineTrace } from './engine-trace.js';
import type { CompileSpec } from './find-spec.js';
import type { Rules } from './rules.js';

/** Chooses a budget, and keeps in the trace of the engine, if there is one, what decided. */
export function chooseTraced(
  { chooseBudget, parseBudget }: Rules,
  given: { readonly options: readonly DeliveredOption[]; readonly specs: readonly CompileSpec[] },
  load: { readonly because: readonly ClauseId[]; readonly isFirst: boolean },
  trace: EngineTrace | null,
): BudgetChoice {
  if (trace === null) return chooseBudget(given.options, given.specs, parseBudget);
  const chosen = new ChoiceTrace(load.because, load.isFirst);
  chosen.choice = chooseBudget(given.options, given.specs, parseBudget, chosen);
  trace.choice = chosen;
  return chosen.choice;
}
