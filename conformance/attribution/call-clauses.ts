import type { ChoiceTrace, TraceEntry } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { BudgetSource, EngineCall, EngineOutcome, Outcome } from '../../reference/outcome/outcome.js';
import { callText, isBudgetCall } from '../model/call-text.js';
import { choiceClauses } from './choice-clauses.js';
import type { Outcomes } from './outcomes.js';

/** A place among the calls of an engine. */
export type CallPlace = Extract<TraceEntry['place'], { call: number }>;

/**
 * The clauses by which the call expected at a place stands there, or none does, and not what was
 * observed.
 */
export function callClauses(
  { clauses, choice }: TraceEntry,
  { kind, engine, call }: CallPlace,
  { expected, observed }: Outcomes,
): readonly ClauseId[] {
  // Behind a change of the budget nothing else decides.
  if (clauses.some((clause) => clause.startsWith('WSB-SET-'))) return clauses;
  const [wanted, seen] = [expected.engines[engine], observed.engines[engine]];
  if (asksBesides(wanted, seen)) return ['WSB-APPLY-14'];
  const isLate = setsLate(seen) && !setsLate(wanted);
  if (isLate && !clauses.includes('WSB-LIFE-09')) {
    return [makesRoomForOthers(observed, engine) ? 'WSB-AUTO-08' : 'WSB-APPLY-11'];
  }
  if (choice === null) return clauses;
  const made = seen?.calls[call];
  const source = sourceSeen(seen, made);
  if (kind === 'end') {
    // What ends there too, but not without a call, knows that the budget is bad.
    if (endsWith(observed, engine)) return ['WSB-APPLY-12'];
    const isLoaded = seen?.calls[0]?.call === 'deserializeCudaEngine';
    if (isLoaded && made === undefined) return ['WSB-MULTI-05'];
    const anyway = source === null ? clauses.filter((clause) => clause === 'WSB-APPLY-10') : [];
    return [...anyway, ...choiceClauses(choice, source)];
  }
  const expectedCall = wanted?.calls[call];
  return expectedCall === undefined || !isBudgetCall(expectedCall)
    ? skippedClauses(choice)
    : budgetClauses({ clauses, choice, source }, expectedCall, made, wanted?.calls.slice(0, call));
}

/**
 * The place of a budget call: why it is made, how its budget was chosen, and where the subject took
 * its own from.
 */
interface BudgetPlace {
  readonly clauses: readonly ClauseId[];
  readonly choice: ChoiceTrace;
  readonly source: BudgetSource | null;
}

function budgetClauses(
  { clauses, choice, source }: BudgetPlace,
  wanted: EngineCall,
  made: EngineCall | undefined,
  before: readonly EngineCall[] = [],
): readonly ClauseId[] {
  const isAutomatic = source === 'automatic' || (source === null && made?.call === wanted.call);
  if (choice.source === 'automatic' && (isAutomatic || before.some(isBudgetCall))) return clauses;
  return [...numberClauses({ clauses, choice, source }, wanted, made), ...choiceClauses(choice, source)];
}

/**
 * The clauses about the number that is set, where the right budget was chosen: not clamped, or
 * lowered to what fits.
 */
function numberClauses(
  { clauses, choice: { choice, source }, source: seen }: BudgetPlace,
  wanted: EngineCall,
  made: EngineCall | undefined,
): readonly ClauseId[] {
  if (choice?.kind !== 'explicit' || made?.call !== 'setWeightStreamingBudgetV2') return [];
  // What TensorRT then refuses has no source any more.
  if (made.budget === choice.budget) return ['WSB-APPLY-01'];
  const isLower = 'budget' in wanted && made.budget < wanted.budget;
  return isLower && seen === source ? clauses.filter((clause) => clause === 'WSB-AUTO-05') : [];
}

/** The clauses by which a load goes on with an engine that streams nothing. */
function skippedClauses(choice: ChoiceTrace): readonly ClauseId[] {
  const own = choiceClauses(choice, null);
  return choice.source === 'automatic'
    ? [...own.filter((clause) => clause !== 'WSB-PREC-05'), 'WSB-APPLY-09']
    : ['WSB-APPLY-07', ...own];
}

/** Where a subject took its budget from, as far as its call and its own word tell. */
function sourceSeen(seen: EngineOutcome | undefined, made: EngineCall | undefined): BudgetSource | null {
  return made?.call === 'getWeightStreamingAutomaticBudget' ? 'automatic' : (seen?.source ?? null);
}

/** Whether the load of an engine ended with it. */
export function endsWith({ engines, steps }: Outcome, engine: number): boolean {
  const step = engines[engine]?.step;
  return step !== undefined && engines[engine + 1]?.step !== step && steps[step]?.kind === 'rejected';
}

/** Whether an engine was only asked for its automatic budget, beside all that is right. */
function asksBesides(wanted: EngineOutcome | undefined, seen: EngineOutcome | undefined): boolean {
  if (wanted === undefined || seen === undefined || wanted.calls.some(isQuery)) return false;
  const others = seen.calls.filter((call) => !isQuery(call));
  return (
    others.length < seen.calls.length &&
    wanted.calls.some(isBudgetCall) &&
    others.map(callText).join() === wanted.calls.map(callText).join()
  );
}

function isQuery({ call }: EngineCall): boolean {
  return call === 'getWeightStreamingAutomaticBudget';
}

/**
 * Whether an engine gave up its context and got another one, though no engine of its own load comes
 * after it: it made room for another load.
 */
function makesRoomForOthers({ engines }: Outcome, engine: number): boolean {
  const seen = engines[engine];
  const isLast = engines.slice(engine + 1).every(({ step }) => step !== seen?.step);
  const made = seen?.calls.filter(({ call }) => call === 'createExecutionContext').length ?? 0;
  return isLast && made > 1 && seen?.calls.at(-1)?.call === 'createExecutionContext';
}

function setsLate(engine: EngineOutcome | undefined): boolean {
  const calls = engine?.calls ?? [];
  const context = calls.findIndex((call) => call.call === 'createExecutionContext' && call.ok);
  return context >= 0 && calls.slice(context).some(isBudgetCall);
}
