import { streamedContextBytes } from '../../reference/rules/fitting-budget.js';

/** What a plan is made of for an engine; bytes. */
export interface EngineLoad {
  /** Weights that it can stream; 0 for an engine that cannot. */
  readonly streamable: bigint;
  readonly scratch: bigint;
  readonly activations: bigint;
  /**
   * Weights that are in device memory in any case: about the plan of an engine that streams
   * nothing.
   */
  readonly fixed: bigint;
  /** How often it runs when the program runs once. */
  readonly runs: bigint;
}

/**
 * Device memory that an engine needs with a budget, with the margin of a context that streams
 * (WSB-AUTO-03), whether or not it does: an explicit budget is not tried again with less, and where
 * nothing was streamed loads were refused with 7 MiB to spare (golden/recorded). The scratch is
 * only needed while weights are streamed, so that the last byte of a budget, with which nothing is
 * streamed any more, can make the need smaller.
 */
export function engineNeed(engine: EngineLoad, budget: bigint): bigint {
  const { streamable, scratch, activations, fixed } = engine;
  return budget >= streamable
    ? streamedContextBytes(fixed + streamable, activations)
    : streamedContextBytes(fixed + budget, activations + scratch);
}

/** What an engine needs at least, with whichever budget that is. */
export function leastNeed(engine: EngineLoad): bigint {
  const [streamed, resident] = [engineNeed(engine, 0n), engineNeed(engine, engine.streamable)];
  return streamed < resident ? streamed : resident;
}

/** Bytes that an engine streams at each of its runs. */
export function streamedBytes({ streamable }: EngineLoad, budget: bigint): bigint {
  return budget >= streamable ? 0n : streamable - budget;
}

/** The sum of what is counted of each of a list. */
export function sumOf<Item>(items: readonly Item[], count: (item: Item) => bigint): bigint {
  return items.reduce((sum, item) => sum + count(item), 0n);
}
