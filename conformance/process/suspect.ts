import type { Breakage } from './breakage.js';
import { CaseBatch } from '../protocol/case-batch.js';
import type { SentCases } from './case-history.js';
import type { Incident } from '../model/incident.js';
import { runAfresh } from './run-afresh.js';
import type { ProcessSettings } from './launch.js';

/**
 * How long a subject that answered is watched for what it does behind its answer, in milliseconds.
 */
const LINGER = 250;

/**
 * How long a shorter sequence is looked for, in milliseconds; the shortest one so far is told then.
 */
const SEARCH = 30_000;

/**
 * Whether a case that was answered breaks the subject alone, behind its answer too; the incident to
 * be told then, of which `breakage` was seen first.
 */
export async function breaksAlone(
  settings: ProcessSettings,
  one: CaseBatch,
  breakage: Breakage,
): Promise<Incident | null> {
  const alone = await runAfresh(settings, one, LINGER);
  return alone.breakage === null ? null : incidentOf(heardIn(alone.breakage, breakage), 1);
}

/**
 * What is to be said of a case that broke a fresh process behind the cases before it: the last one
 * of `tried`.
 */
export async function examine(
  settings: ProcessSettings,
  tried: CaseBatch,
  breakage: Breakage,
): Promise<Incident> {
  const alone = await runAfresh(settings, tried.part(tried.count - 1));
  // Alone it may show less plainly: nothing comes behind an answer that is missing.
  if (alone.breakage !== null) return incidentOf(heardIn(alone.breakage, breakage), 1);
  const sequence = await shortestSequence(settings, tried);
  return incidentOf(sequence?.breakage ?? breakage, sequence?.cases ?? null);
}

/**
 * What is to be said of the last case that a subject answered before it broke with nothing to do;
 * null when neither that case nor all that are known to have come before it break a fresh process.
 */
export async function examineLast(
  settings: ProcessSettings,
  batches: readonly SentCases[],
  breakage: Breakage,
): Promise<Incident | null> {
  const last = batches.at(-1)?.copy;
  if (last === undefined) return null;
  const alone = await breaksAlone(settings, last.part(last.count - 1), breakage);
  if (alone !== null) return alone;
  const sequence = await shortestSequence(settings, casesOf(last.depth, batches), LINGER);
  return sequence === null ? null : incidentOf(heardIn(sequence.breakage, breakage), sequence.cases);
}

/** The cases of the batches of one depth. */
export function casesOf(depth: CaseBatch['depth'], batches: readonly SentCases[]): CaseBatch {
  const copies = batches.map(({ copy }) => copy);
  return CaseBatch.join(
    depth,
    copies.filter((copy) => copy.depth === depth),
  );
}

/**
 * A breakage that was seen first, with the standard error of the process that showed it again: that
 * one ran the cases which it takes, and no others, so that the text is about them and the same in
 * every run.
 */
function heardIn({ stderr }: Breakage, first: Breakage): Breakage {
  return { ...first, stderr };
}

/** A breakage as what came of a case; see {@link Incident.cases}. */
export function incidentOf(breakage: Breakage, cases: number | null): Incident {
  return { ...breakage, message: `${breakage.message} ${timesText(cases)}`, cases };
}

function timesText(cases: number | null): string {
  if (cases === 1) return '(also when it is run alone)';
  return cases === null
    ? '(it did not happen again in a fresh process)'
    : `(only after the ${cases - 1} cases before it)`;
}

/**
 * The shortest run of cases, up to the last one of `tried`, at the end of which a fresh process
 * breaks; found by bisection. Null when all of them together do not break one. See
 * {@link runAfresh} for `linger`.
 */
async function shortestSequence(
  settings: ProcessSettings,
  tried: CaseBatch,
  linger = 0,
): Promise<{ readonly cases: number; readonly breakage: Breakage } | null> {
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
