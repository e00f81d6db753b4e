import type { BudgetEngine } from './budget-engine.js';
import type { ClauseId } from '../outcome/clause-id.js';
import type { BudgetSource } from '../outcome/outcome.js';
import type { BudgetChoice, SetChoice } from './budget-choice.js';
import { residentContextBytes } from './fitting-budget.js';
import { tensorRtsBudget, type AutomaticRule, type EngineMemory } from './automatic-budget.js';

/**
 * Asks the engines before this one to leave that many bytes of device memory free (WSB-AUTO-08).
 */
export type MakeRoom = (bytes: bigint) => void;

/** A choice that was not rejected. */
export type AcceptedChoice = Exclude<BudgetChoice, { kind: 'rejected' }> | SetChoice;

/**
 * What became of a choice on one engine. `skipped`: the engine streams nothing, so no budget call
 * was made; `ignoredBudget` is true when an explicit budget was dropped that way, which is logged
 * at Error level (WSB-APPLY-08). `refused` ends init with InvalidProgram and is logged too
 * (WSB-FAIL-09), unless a wrong rule says that it is `silent`. `lower`, of an automatic budget, is
 * for when no execution context can be made with it: it sets a smaller one and gives that, or null
 * when there is none.
 */
export type Application =
  | {
      readonly kind: 'applied';
      readonly source: BudgetSource;
      readonly budget: bigint;
      readonly lower?: () => bigint | null;
    }
  | { readonly kind: 'skipped'; readonly ignoredBudget: boolean }
  | {
      readonly kind: 'refused';
      readonly source: BudgetSource;
      readonly clause: ClauseId;
      readonly silent?: true;
    };

/** The clause by which an Error-level record is written about that, or null when none is. */
export function logClause(application: Application): ClauseId | null {
  switch (application.kind) {
    case 'applied':
      return null;
    case 'skipped':
      return application.ignoredBudget ? 'WSB-APPLY-08' : null;
    case 'refused':
      return application.silent === true ? null : 'WSB-FAIL-09';
  }
}

/**
 * Applies a choice to one engine, after it was deserialized and before its execution context exists
 * (WSB-APPLY-11). Each engine is treated on its own (WSB-MULTI-01, WSB-MULTI-03). An explicit
 * budget is the same whatever the rule for automatic ones (WSB-AUTO-05); one that keeps everything
 * resident takes its memory at once, so room is made for it before.
 */
export function applyBudget(
  choice: AcceptedChoice,
  engine: BudgetEngine,
  automatic: AutomaticRule = tensorRtsBudget,
  memory: EngineMemory | null = null,
  makeRoom?: MakeRoom,
): Application {
  // WSB-APPLY-07 and WSB-APPLY-09
  if (engine.getStreamableWeightsSize() <= 0n)
    return { kind: 'skipped', ignoredBudget: choice.kind === 'explicit' };
  return applyToStreamable(choice, engine, automatic, memory, makeRoom);
}

/** {@link applyBudget} on an engine that streams. */
export function applyToStreamable(
  choice: AcceptedChoice,
  engine: BudgetEngine,
  automatic: AutomaticRule = tensorRtsBudget,
  memory: EngineMemory | null = null,
  makeRoom: MakeRoom = () => undefined,
): Application {
  const streamable = engine.getStreamableWeightsSize();
  if (choice.kind === 'automatic') return applyAutomatic(automatic(engine, memory));
  if (memory !== null && choice.budget >= streamable)
    makeRoom(residentContextBytes(streamable, memory.getDeviceMemorySizeV2()));
  return applyExplicit(
    choice.source,
    choice.budget,
    engine,
    memory === null ? 'WSB-APPLY-02' : 'WSB-AUTO-05',
  );
}

function applyExplicit(
  source: BudgetSource,
  requested: bigint,
  engine: BudgetEngine,
  because: ClauseId,
): Application {
  const streamable = engine.getStreamableWeightsSize();
  // A request of 0 is a request like any other (WSB-APPLY-13). One set, and no second try with
  // another value.
  const budget = requested < streamable ? requested : streamable;
  return engine.setWeightStreamingBudgetV2(budget, because)
    ? { kind: 'applied', source, budget }
    : { kind: 'refused', source, clause: 'WSB-APPLY-03' };
}

function applyAutomatic(budgets: Iterator<bigint, void>): Application {
  const next = (): bigint | null => budgets.next().value ?? null;
  const budget = next();
  return budget === null
    ? { kind: 'refused', source: 'automatic', clause: 'WSB-APPLY-06' }
    : { kind: 'applied', source: 'automatic', budget, lower: next };
}
