import type { Breakage } from './breakage.js';
import type { CaseBatch } from '../protocol/case-batch.js';
import { runAfresh } from './run-afresh.js';
import type { ProcessSettings } from './process-settings.js';

/** How long a shorter sequence is looked for, in milliseconds; the shortest one so far is told then. */
const SEARCH = 30_000;

/** A sequence of cases that breaks a subject. */
export interface Sequence {
  readonly cases: number;
  readonly breakage: Breakage;
}

/**
 * The shortest run of cases, up to the last one of `tried`, at the end of which a fresh process breaks; found by bisection. Null
 * when all of them together do not break one. See {@link runAfresh} for `linger`.
 */
export async function shortestSequence(
  settings: ProcessSettings,
  tried: CaseBatch,
  linger = 0,
): Promise<Sequence | null> {
  const run = async (cases: number): Promise<Breakage | null> =>
    (await runAfresh(settings, tried.part(tried.count - cases), linger)).breakage;
  const whole = await run(tried.count);
  if (whole === null) return null;
  const started = performance.now();
  let shortest = { cases: tried.count, breakage: whole };
  for (let passes = 0; shortest.cases - passes > 1 && performance.now() - started < SEARCH;) {
    const middle = passes + Math.floor((shortest.cases - passes) / 2);
    const breakage = await run(middle);
    if (breakage === null) passes = middle;
    else shortest = { cases: middle, breakage };
  }
  return shortest;
}
