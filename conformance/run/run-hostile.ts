import { buildRequest } from '../cases/build-request.js';
import { HOSTILE, HOSTILE_CONTROL, type HostileCase } from '../cases/hostile.js';
import { encodedRequest } from '../protocol/encode-request.js';
import type { IsolatedEnd, RunIsolated } from '../subjects/isolated/isolated-end.js';
import { SubjectError } from '../subjects/subject-error.js';
import type { Filter } from './filter.js';

/** How a hostile case ended. There is no verdict: nothing is demanded, so nothing passes. */
export interface HostileResult {
  readonly case: HostileCase;
  readonly end: IsolatedEnd;
}

/** The hostile cases that a filter chooses, all without one. */
export function hostileCases(filter: Filter | null): readonly HostileCase[] {
  return HOSTILE.filter(({ id }) => filter?.matches(id) !== false);
}

/**
 * Runs hostile cases, each in a process of its own, and tells how each ended, in their order.
 *
 * @throws SubjectError when the control, a program in order, gets no answer either: crashes would say nothing then.
 */
export async function runHostile(
  cases: readonly HostileCase[],
  isolated: RunIsolated,
): Promise<readonly HostileResult[]> {
  if (cases.length === 0) return [];
  const control = await isolated(recordOf(HOSTILE_CONTROL));
  if (!(control instanceof Uint8Array)) {
    throw new SubjectError(
      'broken',
      'A program in order got no answer in a process of its own, so nothing can be said of hostile ones. Run it in this process: trt-conformance run --filter WSB-PROG-11.',
    );
  }
  return Promise.all(cases.map(async (one) => ({ case: one, end: await isolated(recordOf(one)) })));
}

function recordOf({ request }: HostileCase): Uint8Array {
  return encodedRequest(buildRequest(request));
}
