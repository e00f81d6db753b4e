import { bestBudgets } from './best-budgets.js';
import { engineNeed, leastNeed, streamedBytes, sumOf, type EngineLoad } from './engine-need.js';
import { fittingRanges, largestOne, type BudgetRange } from './one-budget.js';
import type { ProgramEngine } from './program-engines.js';

/** An engine whose sizes are known, and how often it runs. */
export interface PlannedEngine extends EngineLoad {
  readonly engine: ProgramEngine;
}

/** Budgets for all engines, and what they come to. */
export interface Choice {
  /** Bytes, in the order of the engines. */
  readonly budgets: readonly bigint[];
  /** Device memory that they need, with a margin for each context. */
  readonly need: bigint;
  /** Bytes that are streamed when the program runs once. */
  readonly streamed: bigint;
}

/** What can be said of the budgets of engines that are loaded together; bytes. */
export interface BudgetPlan {
  /** Device memory that they may take. */
  readonly room: bigint;
  readonly engines: readonly PlannedEngine[];
  /** What they need at least, and for nothing to be streamed. */
  readonly leastNeed: bigint;
  readonly residentNeed: bigint;
  /** With the largest budget that all can have; null when none fits. */
  readonly one: (Choice & { readonly budget: bigint }) | null;
  /** All budgets that fit when each engine gets the same. */
  readonly ranges: readonly BudgetRange[];
  /** With a budget for each engine; null when none fit. */
  readonly each: (Choice & { readonly proven: boolean }) | null;
  /** With the budgets that were asked about; null when none were. */
  readonly given: Choice | null;
}

/**
 * What weights an engine that cannot stream has is not told by TensorRT: about as many as its plan
 * has bytes.
 */
export function plannedEngine(engine: ProgramEngine, runs: bigint): PlannedEngine | null {
  const { sizes, plan } = engine;
  if (sizes === null || plan === null) return null;
  const streams = sizes.streamable > 0n;
  return {
    ...{ engine, runs },
    streamable: streams ? sizes.streamable : 0n,
    scratch: streams ? atLeastZero(sizes.scratch) : 0n,
    activations: atLeastZero(sizes.activations),
    fixed: streams || sizes.from === 'scripted' || sizes.from === 'modelled' ? 0n : BigInt(plan.size),
  };
}

/**
 * Plans the budgets of engines that are loaded together.
 *
 * @param given - budgets to be judged, in the order of the engines; null for none
 */
export function budgetPlan(
  engines: readonly PlannedEngine[],
  room: bigint,
  given: readonly bigint[] | null,
): BudgetPlan {
  const one = largestOne(engines, room);
  const each = bestBudgets(engines, room);
  return {
    room,
    engines,
    leastNeed: sumOf(engines, leastNeed),
    residentNeed: sumOf(engines, (engine) => engineNeed(engine, engine.streamable)),
    one:
      one === null
        ? null
        : {
            budget: one,
            ...choiceOf(
              engines,
              engines.map(({ streamable }) => lesser(one, streamable)),
            ),
          },
    ranges: fittingRanges(engines, room),
    each,
    given: given === null ? null : choiceOf(engines, given),
  };
}

function choiceOf(engines: readonly PlannedEngine[], budgets: readonly bigint[]): Choice {
  const of = (count: (engine: PlannedEngine, budget: bigint) => bigint): bigint =>
    engines.reduce((sum, engine, at) => sum + count(engine, budgets[at] ?? 0n), 0n);
  return {
    budgets,
    need: of(engineNeed),
    streamed: of((engine, budget) => engine.runs * streamedBytes(engine, budget)),
  };
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function atLeastZero(bytes: bigint): bigint {
  return bytes > 0n ? bytes : 0n;
}
