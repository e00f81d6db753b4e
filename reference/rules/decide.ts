import type { BudgetEngine } from './budget-engine.js';
import { STANDARD_RULES, type Rules } from './rules.js';
import type { DeliveredOption } from './delivered-option.js';
import type { BudgetSource } from '../outcome/outcome.js';
import type { CompileSpec } from './find-spec.js';

/**
 * A case at decision depth: what reaches a delegate's budget rules, without a program around it. Engines are
 * initialised one after another; the first that is rejected ends the case (WSB-MULTI-05).
 */
export interface DecisionCase {
  readonly options: readonly DeliveredOption[];
  readonly engines: readonly DecisionEngine[];
}

/** One engine: its compile specs and what TensorRT answers for it. Sizes are bytes. */
export interface DecisionEngine {
  readonly streamable: bigint;
  readonly automatic: bigint;
  /** Answers to the first sets, in order; every further set is refused. */
  readonly setAnswers: readonly boolean[];
  readonly specs: readonly CompileSpec[];
}

/** What the rules came to for one engine. */
export interface EngineDecision {
  /** Null when no budget was accepted. */
  readonly source: BudgetSource | null;
  readonly warned: boolean;
  readonly automaticRead: boolean;
  readonly sets: readonly { readonly budget: bigint; readonly ok: boolean }[];
}

/** The outcome of a case: the engines that were reached, the rejected one last. */
export interface DecisionOutcome {
  readonly rejected: boolean;
  readonly engines: readonly EngineDecision[];
}

/** Runs the budget rules over a case; a rejection is always InvalidProgram. */
export function decide(subject: DecisionCase, rules: Rules = STANDARD_RULES): DecisionOutcome {
  const engines: EngineDecision[] = [];
  for (const engine of subject.engines) {
    const { decision, rejected } = decideEngine(subject.options, engine, rules);
    engines.push(decision);
    if (rejected) return { rejected: true, engines };
  }
  return { rejected: false, engines };
}

function decideEngine(
  options: readonly DeliveredOption[],
  engine: DecisionEngine,
  rules: Rules,
): { decision: EngineDecision; rejected: boolean } {
  const choice = rules.chooseBudget(options, engine.specs, rules.parseBudget);
  if (choice.kind === 'rejected') {
    return { decision: { source: null, warned: true, automaticRead: false, sets: [] }, rejected: true };
  }
  const sets: { budget: bigint; ok: boolean }[] = [];
  let automaticRead = false;
  const asked: BudgetEngine = {
    getStreamableWeightsSize: () => engine.streamable,
    getWeightStreamingAutomaticBudget: () => {
      automaticRead = true;
      return engine.automatic;
    },
    setWeightStreamingBudgetV2: (budget) => {
      const ok = engine.setAnswers[sets.length] ?? false;
      sets.push({ budget, ok });
      return ok;
    },
  };
  const application = rules.applyBudget(choice, asked, rules.automaticBudget.upstream);
  const complained =
    (application.kind === 'refused' && application.silent !== true) ||
    (application.kind === 'skipped' && application.ignoredBudget);
  return {
    decision: {
      source: application.kind === 'applied' ? application.source : null,
      warned: choice.ignoredOption || complained,
      automaticRead,
      sets,
    },
    rejected: application.kind === 'refused',
  };
}
