import { logClause } from './apply-budget.js';
import type { BudgetEngine } from './budget-engine.js';
import { chooseTraced } from './choose-traced.js';
import { EngineTrace } from './engine-trace.js';
import { STANDARD_RULES, type Rules } from './rules.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { Trace } from './trace.js';
import type { DeliveredOption } from './delivered-option.js';
import type { BudgetSource } from '../outcome/outcome.js';
import type { CompileSpec } from './find-spec.js';

/**
 * A case at decision depth: what reaches a delegate's budget rules, without a program around it.
 * Engines are initialised one after another; the first that is rejected ends the case
 * (WSB-MULTI-05).
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

/**
 * What became of one engine, why the case ends with it, if it does, and why something is logged.
 */
export interface Decided {
  readonly decision: EngineDecision;
  readonly end: ClauseId | null;
  readonly log: ClauseId | null;
}

/** The engines of a case before one, and where it is noted why calls are made. */
export interface Surroundings {
  readonly before: readonly EngineDecision[];
  readonly trace: Trace | null;
}

/**
 * Runs the budget rules over a case; a rejection is always InvalidProgram. Why it comes to that is
 * noted in `trace`, in terms of an outcome that holds the budget calls alone.
 */
export function decide(
  subject: DecisionCase,
  rules: Rules = STANDARD_RULES,
  trace: Trace | null = null,
): DecisionOutcome {
  const engines: EngineDecision[] = [];
  let end: ClauseId | null = null;
  let log: ClauseId | null = null;
  for (const engine of subject.engines) {
    const decided = decideEngine(subject.options, engine, rules, { before: engines, trace });
    engines.push(decided.decision);
    log ??= decided.log;
    ({ end } = decided);
    if (end !== null) break;
  }
  trace?.note({ kind: 'no-engine', step: 0 }, [end === null ? 'WSB-METHOD-01' : 'WSB-MULTI-05']);
  trace?.note({ kind: 'step', step: 0 }, [end ?? 'WSB-PROG-12']);
  trace?.note({ kind: 'log', step: 0 }, [log ?? 'WSB-FAIL-10']);
  return { rejected: end !== null, engines };
}

/** Runs the budget rules over one engine of a case, after those before it. */
export function decideEngine(
  options: readonly DeliveredOption[],
  engine: DecisionEngine,
  rules: Rules,
  { before, trace: whole }: Surroundings,
): Decided {
  const sets: { budget: bigint; ok: boolean }[] = [];
  let automaticRead = false;
  const calls = (): number => sets.length + (automaticRead ? 1 : 0);
  const trace = whole === null ? null : new EngineTrace(whole, before.length, calls);
  const choice = chooseTraced(
    rules,
    { ...engine, options: rules.optionsOf(options, before.length, []), set: null },
    { because: [], isFirst: before.length === 0 },
    trace,
  );
  if (choice.kind === 'rejected') {
    trace?.rejected(engine.streamable);
    const decision = { source: null, warned: true, automaticRead, sets };
    return { decision, end: choice.clause, log: 'WSB-FAIL-09' };
  }
  const asked: BudgetEngine = {
    getStreamableWeightsSize: () => engine.streamable,
    getWeightStreamingAutomaticBudget: (because = 'WSB-APPLY-15') => {
      trace?.budgetCall(because);
      automaticRead = true;
      return engine.automatic;
    },
    setWeightStreamingBudgetV2: (budget, because = 'WSB-APPLY-02') => {
      trace?.budgetCall(because);
      const ok = engine.setAnswers[sets.length] ?? false;
      sets.push({ budget, ok });
      return ok;
    },
  };
  const shared = rules.shareBudget(choice, spentBy(before));
  const application = rules.applyBudget(shared, asked, rules.automaticBudget.upstream);
  trace?.applied(application, engine.streamable);
  if (application.kind !== 'refused') trace?.goesOn();
  const log = choice.ignoredOption ? 'WSB-OPT-06' : logClause(application);
  return {
    decision: {
      source: application.kind === 'applied' ? application.source : null,
      warned: log !== null,
      automaticRead,
      sets,
    },
    end: application.kind === 'refused' ? application.clause : null,
    log,
  };
}

/** Bytes of the explicit budgets that engines were given. */
function spentBy(engines: readonly EngineDecision[]): bigint {
  const explicit = engines.filter(({ source }) => source === 'option' || source === 'compile-spec');
  return explicit.reduce((sum, { sets }) => sum + (sets.at(-1)?.budget ?? 0n), 0n);
}
