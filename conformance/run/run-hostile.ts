import { buildRequest } from '../model/build-request.js';
import { HOSTILE, HOSTILE_CONTROL, type HostileCase } from '../cases/hostile.js';
import { encodedRequest } from '../wire/encode-request.js';
import type { Incident } from '../model/incident.js';
import type { Answer } from '../process/answers.js';
import type { PerCaseProcess } from '../process/per-case-process.js';
import type { Filter } from '../model/filter.js';

/** How a hostile case ended. There is no verdict: nothing is demanded, so nothing passes. */
export interface HostileResult {
  readonly case: HostileCase;
  readonly end: Answer;
}

/** What came of the hostile cases of a run. */
export interface HostileEnds {
  readonly results: readonly HostileResult[];
  /**
   * Why the control, a program in order, got no answer: nothing was run then. Null when it got one,
   * or nothing was to be run.
   */
  readonly control: Incident | null;
}

/** No hostile case was to be run. */
export const NO_HOSTILE: HostileEnds = { results: [], control: null };

/** The hostile cases that a filter chooses, all without one. */
export function hostileCases(filter: Filter | null): readonly HostileCase[] {
  return HOSTILE.filter(({ id }) => filter?.matches(id) !== false);
}

/**
 * Runs hostile cases, each in a process of its own, and tells how each ended, in their order. None
 * is run when a program in order gets no answer in such a process: crashes would say nothing then.
 *
 * @throws SubjectError when such a process does not even start.
 */
export async function runHostile(
  cases: readonly HostileCase[],
  perCaseProcess: PerCaseProcess,
): Promise<HostileEnds> {
  if (cases.length === 0) return NO_HOSTILE;
  const control = await perCaseProcess(recordOf(HOSTILE_CONTROL));
  if (!(control instanceof Uint8Array)) return { results: [], control };
  const results = await Promise.all(
    cases.map(async (one) => ({ case: one, end: await perCaseProcess(recordOf(one)) })),
  );
  return { results, control: null };
}

/**
 * How many faults of a subject the hostile cases show. That a process ends at such a file, or does
 * not end, says nothing; but one that lives and breaks the protocol is at fault, as at any other
 * case (spec/decisions.md, "Damaged programs"). So is one that has no answer to the control.
 */
export function hostileFaults({ results, control }: HostileEnds): number {
  return results.filter(({ end }) => isBreach(end)).length + (control === null ? 0 : 1);
}

function isBreach(end: Answer): boolean {
  return !(end instanceof Uint8Array) && end.kind === 'protocol-error';
}

function recordOf({ request }: HostileCase): Uint8Array {
  return encodedRequest(buildRequest(request));
}
