import { splitAnswers } from '../protocol/answer-records.js';
import type { BatchResult } from './breakage.js';
import { CaseBatch } from '../protocol/case-batch.js';
import type { SentCases } from './case-history.js';
import type { Answer } from './answers.js';
import type { Incident } from '../model/incident.js';
import { runAfresh } from './run-afresh.js';
import type { ProcessSettings } from './launch.js';
import { breaksAlone, casesOf, examine, incidentOf } from './suspect.js';

/** What was found out about a batch that broke its process. */
export interface Recovery {
  /** What came of its first cases. */
  readonly known: readonly Answer[];
  /** Its further cases, which are still to be run; null when there are none. */
  readonly rest: CaseBatch | null;
  /**
   * What the last case before the batch did behind its answer; null when the fault is the batch's
   * own, or none came back.
   */
  readonly late: Incident | null;
}

/**
 * Finds the case at which a batch broke its process: in a fresh process that tells each, then
 * behind the cases before it. What happens behind an answer, before another case is begun, may be
 * the doing of the case that was answered: that one is tried alone.
 *
 * @param before what the process was sent before
 */
export async function recover(
  settings: ProcessSettings,
  batch: CaseBatch,
  broken: BatchResult & { kind: 'broken' },
  before: readonly SentCases[],
): Promise<Recovery> {
  const { at, breakage } = broken;
  const known: Answer[] = splitAnswers(batch.depth, broken.answers).slice(0, at);
  const found = await runAfresh(settings, batch.part(at));
  known.push(...splitAnswers(batch.depth, found.answers).slice(0, found.at));
  const blame = (index: number, incident: Incident): Recovery => {
    known.splice(index, Infinity, incident);
    return { known, rest: index + 1 < batch.count ? batch.part(index + 1) : null, late: null };
  };
  const alone = (index: number): Promise<Incident | null> =>
    breaksAlone(settings, batch.part(index, index + 1), found.breakage ?? breakage);
  if (found.breakage !== null) {
    const index = at + found.at;
    const behind = found.begun || found.at === 0 ? null : await alone(index - 1);
    if (behind !== null) return blame(index - 1, behind);
    const tried = CaseBatch.join(batch.depth, [casesOf(batch.depth, before), batch.part(0, index + 1)]);
    return blame(index, await examine(settings, tried, found.breakage));
  }
  if (!broken.begun && at > 0) {
    const behind = await alone(at - 1);
    if (behind !== null) return blame(at - 1, behind);
  }
  if (!broken.begun && at === 0) {
    const last = before.at(-1)?.copy;
    const late = last && (await breaksAlone(settings, last.part(last.count - 1), breakage));
    if (late) return { known, rest: null, late };
  }
  const [index, incident] = await inSequence(settings, batch, broken, before);
  return blame(index, incident);
}

/**
 * The case of a batch that breaks a process only behind all that the process was sent before, and
 * what is to be said of it.
 */
async function inSequence(
  settings: ProcessSettings,
  batch: CaseBatch,
  { at, noted, breakage }: BatchResult & { kind: 'broken' },
  before: readonly SentCases[],
): Promise<[index: number, incident: Incident]> {
  const earlier = casesOf(batch.depth, before);
  const all = CaseBatch.join(batch.depth, [earlier, batch]);
  const again = await runAfresh(settings, all);
  const index = again.at - earlier.count;
  if (again.breakage === null || index < 0) return [noted ?? at, incidentOf(breakage, null)];
  return [index, await examine(settings, all.part(0, again.at + 1), again.breakage)];
}
