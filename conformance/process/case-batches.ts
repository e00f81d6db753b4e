import type { SentCase } from '../model/sent-case.js';
import { CaseBatch } from '../protocol/case-batch.js';

/** The cases of batches, one by one; none is copied. */
export function casesOfBatches(batches: readonly CaseBatch[]): SentCase[] {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.count }, (_, at) => ({ depth: batch.depth, record: batch.record(at) })),
  );
}

/** Cases in batches of one depth each, of at most `most` cases, in their order. */
export function batchesOfCases(cases: readonly SentCase[], most: number): CaseBatch[] {
  const batches: CaseBatch[] = [];
  for (let first = 0; first < cases.length;) {
    const depth = cases[first]?.depth ?? 'program';
    let end = first + 1;
    while (end < cases.length && end - first < most && cases[end]?.depth === depth) end++;
    batches.push(CaseBatch.of(depth, Buffer.concat(cases.slice(first, end).map(({ record }) => record))));
    first = end;
  }
  return batches;
}
