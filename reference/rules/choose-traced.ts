import type { ClauseId } from '../outcome/clause-id.js';
import { ChoiceTrace } from './choice-trace.js';
import type { BudgetChoice, SetChoice } from './budget-choice.js';
import type { DeliveredOption } from './delivered-option.js';
import type { EngineTrace } from './engine-trace.js';
import type { CompileSpec } from './find-spec.js';
import type { Rules } from './rules.js';
import type { SetOptionRules } from './set-option-rules.js';

/** Where a budget for an engine can come from, and what the engine can stream; bytes. */
interface Given {
  readonly options: readonly DeliveredOption[];
  readonly specs: readonly CompileSpec[];
  /** What `set_option` left for the process; null when it left nothing. */
  readonly set: bigint | null;
  readonly streamable: bigint;
}

/** Chooses a budget, and keeps in the trace of the engine, if there is one, what decided. */
export function chooseTraced(
  { chooseBudget, parseBudget, judgesResident, setOption }: Rules,
  { options, specs, set, streamable }: Given,
  load: { readonly because: readonly ClauseId[]; readonly isFirst: boolean },
  trace: EngineTrace | null,
): BudgetChoice | SetChoice {
  const chosen = new ChoiceTrace(load.because, load.isFirst);
  const shown = setOption.masksSpecs && set !== null ? [] : specs;
  const judged = withSet(
    chooseBudget(options, shown, parseBudget, trace === null ? undefined : chosen),
    set,
    setOption,
    chosen,
  );
  const excused = judged.kind === 'rejected' && streamable <= 0n && !judgesResident;
  const choice: BudgetChoice | SetChoice = excused ? { kind: 'automatic', ignoredOption: false } : judged;
  chosen.choice = choice;
  if (trace !== null) trace.choice = chosen;
  return choice;
}

/**
 * What was chosen, with what `set_option` left behind a load-time option and before the compile
 * specs (WSB-SET-16, WSB-SET-17).
 */
function withSet(
  judged: BudgetChoice,
  set: bigint | null,
  { beatsOption }: SetOptionRules,
  chosen: ChoiceTrace,
): BudgetChoice | SetChoice {
  if (set === null) return judged;
  const isOption = judged.kind !== 'automatic' && judged.source === 'option';
  if (isOption) chosen.option.unshift('WSB-SET-17');
  if (judged.kind !== 'automatic' && !(isOption && judged.kind === 'explicit' && beatsOption)) return judged;
  chosen.spec = ['WSB-SET-16'];
  return { kind: 'explicit', source: 'set-option', budget: set, ignoredOption: judged.ignoredOption };
}
