import { engineNeed, sumOf, type EngineLoad } from './engine-need.js';

/** Budgets from `from` to `to`, both included; `to` is null where all larger ones are, too. */
export interface BudgetRange {
  readonly from: bigint;
  readonly to: bigint | null;
}

/** What all engines need when each gets the same budget, as by a load-time option. */
export function needOfOne(engines: readonly EngineLoad[], budget: bigint): bigint {
  return sumOf(engines, (engine) => engineNeed(engine, budget));
}

/**
 * The budgets with which all engines fit into so much device memory when each gets the same one, in
 * ascending order. There can be gaps: an engine that is resident needs no scratch, so that a larger
 * budget can need less than a smaller one.
 */
export function fittingRanges(engines: readonly EngineLoad[], room: bigint): readonly BudgetRange[] {
  const ends = [...new Set(engines.map(({ streamable }) => streamable))].sort((a, b) => (a < b ? -1 : 1));
  const ranges: BudgetRange[] = [];
  let from = 0n;
  for (const end of ends) {
    if (end > from) addRange(ranges, fitting(engines, room, from, end - 1n));
    from = end;
  }
  if (needOfOne(engines, from) <= room) addRange(ranges, { from, to: null });
  return ranges;
}

/** The budgets from `from` to `to` that fit; the same engines stream with all of these. */
function fitting(engines: readonly EngineLoad[], room: bigint, from: bigint, to: bigint): BudgetRange | null {
  const left = room - needOfOne(engines, from);
  if (left < 0n) return null;
  const streaming = BigInt(engines.filter(({ streamable }) => streamable > from).length);
  const largest = from + left / streaming;
  return { from, to: largest < to ? largest : to };
}

function addRange(ranges: BudgetRange[], range: BudgetRange | null): void {
  if (range === null) return;
  const last = ranges.at(-1);
  if (last?.to !== range.from - 1n) ranges.push(range);
  else ranges[ranges.length - 1] = { from: last.from, to: range.to };
}

/**
 * The largest budget that fits when each engine gets the same: with it the fewest bytes are
 * streamed. Where everything fits it is the largest streamable size. Null when none fits.
 */
export function largestOne(engines: readonly EngineLoad[], room: bigint): bigint | null {
  const last = fittingRanges(engines, room).at(-1);
  if (last === undefined) return null;
  return last.to ?? engines.reduce((most, { streamable }) => (streamable > most ? streamable : most), 0n);
}
