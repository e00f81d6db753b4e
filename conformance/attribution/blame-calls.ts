import type { EngineCall, EngineOutcome } from '../../reference/outcome/outcome.js';
import { choiceClauses, NOTHING_SEEN, type Clauses, type Seen } from './blame-choice.js';
import { isBudgetCall } from '../model/call-text.js';
import type { Scene } from './scene.js';

/**
 * The clause that a subject breaks on one engine, found from the first call in which it differs. The calls differ.
 */
export function blameCalls(scene: Scene, expected: EngineOutcome, observed: EngineOutcome): Clauses {
  const at = firstDifference(expected.calls, observed.calls);
  const [wanted, made] = [expected.calls[at], observed.calls[at]];
  const before = expected.calls.slice(0, at);
  if (scene.choice.kind === 'automatic' && isFitted(expected)) return fittedClauses(before);
  const seen = seenOf(observed, made);
  if (wanted !== undefined && isBudgetCall(wanted)) {
    return made !== undefined && isBudgetCall(made)
      ? otherBudgetCall(scene, wanted, made, seen, before)
      : missingBudgetCall(scene, before, seen);
  }
  if (made !== undefined && isBudgetCall(made)) return extraBudgetCall(scene, before, observed, seen);
  return withoutBudgetCall(scene, wanted, made);
}

/** Whether an automatic budget was chosen by the delegate: TensorRT was not asked. */
function isFitted({ calls }: EngineOutcome): boolean {
  return calls.find(isBudgetCall)?.call === 'setWeightStreamingBudgetV2';
}

/** Where a fitted budget was expected: the step at which the subject parts from it. */
function fittedClauses(before: readonly EngineCall[]): Clauses {
  // What follows a context that was made is room for another engine.
  if (before.some((call) => isContext(call) && 'ok' in call && call.ok)) return ['WSB-AUTO-07'];
  const failed = before.some((call) => isContext(call) || (isSet(call) && 'ok' in call && !call.ok));
  return [failed ? 'WSB-AUTO-04' : before.some(isSet) ? 'WSB-AUTO-03' : 'WSB-AUTO-02'];
}

/** What the subject took for the budget, as far as the call that differs and its own word tell. */
function seenOf(observed: EngineOutcome, made: EngineCall | undefined): Seen {
  const budget = made?.call === 'setWeightStreamingBudgetV2' ? made.budget : null;
  const asked = made?.call === 'getWeightStreamingAutomaticBudget';
  return { budget, source: asked ? 'automatic' : observed.source };
}

/** Where another budget call was expected than the one made. */
function otherBudgetCall(
  scene: Scene,
  wanted: EngineCall,
  made: EngineCall,
  seen: Seen,
  before: readonly EngineCall[],
): Clauses {
  const { choice } = scene;
  if (wanted.call !== made.call) return choiceClauses(scene, seen);
  if (choice.kind === 'automatic' && seen.source !== 'option' && seen.source !== 'compile-spec') {
    return [before.some(isSet) ? 'WSB-APPLY-05' : 'WSB-APPLY-04'];
  }
  if (isLowered(scene, wanted, seen)) return ['WSB-AUTO-05', ...choiceClauses(scene, seen)];
  const clamps = choice.kind === 'explicit' && 'budget' in wanted && wanted.budget < choice.budget;
  return clamps && seen.budget === choice.budget ? ['WSB-APPLY-01'] : choiceClauses(scene, seen);
}

/** Whether the subject took the budget that counts, and set less where it knows what is free. */
function isLowered({ choice, knowsFree }: Scene, wanted: EngineCall, { budget, source }: Seen): boolean {
  if (choice.kind !== 'explicit' || !knowsFree || source !== choice.source || budget === null) return false;
  return 'budget' in wanted && budget < wanted.budget;
}

/** Where a budget call was expected and none was made. */
function missingBudgetCall(scene: Scene, before: readonly EngineCall[], seen: Seen): Clauses {
  const last = before.at(-1);
  if (last?.call === 'setWeightStreamingBudgetV2') return ['WSB-APPLY-05'];
  if (last?.call === 'getWeightStreamingAutomaticBudget') return ['WSB-APPLY-04'];
  return choiceClauses(scene, seen);
}

/** Where no budget call was expected, or no further one, and one was made. */
function extraBudgetCall(
  scene: Scene,
  before: readonly EngineCall[],
  observed: EngineOutcome,
  seen: Seen,
): Clauses {
  const { choice } = scene;
  const last = before.findLast(isBudgetCall);
  const explicit = choice.kind === 'explicit';
  if (before.some(isContext)) return ['WSB-APPLY-11'];
  if (last?.call === 'setWeightStreamingBudgetV2') {
    if (last.ok) return [explicit ? 'WSB-APPLY-02' : 'WSB-APPLY-15'];
    return [explicit ? 'WSB-APPLY-03' : 'WSB-APPLY-06'];
  }
  if (choice.kind === 'rejected') {
    // A load that ends after all, but not without touching the engine, knows that the budget is bad. At decision depth, where no
    // context is made, the source of a budget that was accepted tells them apart.
    const goesOn = observed.calls.some(isContext) || observed.source !== null;
    return goesOn ? choiceClauses(scene, seen) : ['WSB-APPLY-12'];
  }
  const { streamable } = scene.plan ?? { streamable: 1n };
  if (streamable < 0n) return ['WSB-APPLY-16', 'WSB-APPLY-07', 'WSB-APPLY-09'];
  return explicit ? ['WSB-APPLY-07', 'WSB-APPLY-09'] : ['WSB-APPLY-09', 'WSB-APPLY-07'];
}

/** Where the difference lies in calls that are no budget calls. */
function withoutBudgetCall(
  scene: Scene,
  wanted: EngineCall | undefined,
  made: EngineCall | undefined,
): Clauses {
  const { choice, plan } = scene;
  if (wanted === undefined) {
    if (choice.kind === 'rejected') {
      // An engine that streams would have seen a budget, had the subject taken a bad one for good.
      return isStreamable(scene)
        ? ['WSB-APPLY-12', 'WSB-APPLY-11']
        : ['WSB-APPLY-10', ...choiceClauses(scene, NOTHING_SEEN), 'WSB-APPLY-11'];
    }
    if (made?.call !== 'createExecutionContext') return ['WSB-FAIL-07'];
    return [choice.kind === 'explicit' ? 'WSB-APPLY-03' : 'WSB-APPLY-06'];
  }
  switch (wanted.call) {
    case 'createExecutionContext':
      if (made !== undefined) return ['WSB-FAIL-03'];
      return plan !== null && plan.streamable <= 0n && choice.kind === 'explicit'
        ? ['WSB-APPLY-07', ...choiceClauses(scene, NOTHING_SEEN)]
        : ['WSB-LIFE-05'];
    case 'enqueueV3':
      return ['WSB-LIFE-10'];
    case 'deserializeCudaEngine':
      return ['WSB-FAIL-02'];
    case 'getWeightStreamingAutomaticBudget':
    case 'setWeightStreamingBudgetV2':
      return ['WSB-APPLY-02'];
  }
}

function isContext({ call }: EngineCall): boolean {
  return call === 'createExecutionContext';
}

function isSet({ call }: EngineCall): boolean {
  return call === 'setWeightStreamingBudgetV2';
}

function isStreamable({ plan }: Scene): boolean {
  return plan === null || plan.streamable > 0n;
}

function firstDifference(a: readonly EngineCall[], b: readonly EngineCall[]): number {
  const at = a.findIndex((call, index) => !sameCall(call, b[index]));
  return at < 0 ? a.length : at;
}

function sameCall(a: EngineCall, b: EngineCall | undefined): boolean {
  if (a.call !== b?.call) return false;
  const sameBudget = !('budget' in a) || !('budget' in b) || a.budget === b.budget;
  return sameBudget && (!('ok' in a) || !('ok' in b) || a.ok === b.ok);
}
