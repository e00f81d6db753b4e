import { buildRequest } from '../cases/build-request.js';
import { HOSTILE, HOSTILE_CONTROL, type HostileCase } from '../cases/hostile.js';
import { ByteWriter } from '../protocol/byte-writer.js';
import { encodeRequest } from '../protocol/encode-request.js';
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
 * Runs hostile cases, `atOnce` at a time and each in a process of its own, and tells how each ended, in their order.
 *
 * @throws SubjectError when the control, a program in order, gets no answer either: crashes would say nothing then.
 */
export async function runHostile(
  cases: readonly HostileCase[],
  isolated: RunIsolated,
  atOnce: number,
): Promise<readonly HostileResult[]> {
  if (cases.length === 0) return [];
  const control = await isolated(requestRecord(HOSTILE_CONTROL));
  if (control.kind !== 'answered') {
    throw new SubjectError(
      'broken',
      'A program in order got no answer in a process of its own, so nothing can be said of hostile ones. Run it in this process: trt-conformance run --filter WSB-PROG-11.',
    );
  }
  const results: HostileResult[] = [];
  const waiting = [...cases.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, one] = next;
      results[at] = { case: one, end: await isolated(requestRecord(one)) };
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, cases.length) }, work));
  return results;
}

function requestRecord({ request }: HostileCase): Uint8Array {
  const writer = new ByteWriter();
  encodeRequest(writer, buildRequest(request));
  return writer.take();
}
