import type { Paging } from '../../reference/plan/paging.js';

/**
 * One way in which the device may have handed out memory: the exact account is the allocator's secret, but each recording has to
 * agree with one of {@link HYPOTHESES}, from its first call to its last.
 */
export interface Hypothesis {
  readonly paging: Paging;
  /** Granules that the first deserialization keeps, where the recording does not say what was free after it. */
  readonly loadGranules: 0 | 1;
}

/** 2 MiB: every amount of free memory that was recorded differs from every other by a multiple of it. */
export const GRANULE_BITS = 21;

/** A context takes a granule on top, and up to two more have to be free; weights need one or two. A plan loads with two free. */
const CONTEXT_HEADROOMS = [0, 1, 2];
const WEIGHTS_HEADROOMS = [1, 2];
const LOAD_GRANULES = [0, 1] as const;

/** The bounded zone within which a recording leaves open how memory was handed out (spec/recordings.md). */
export const HYPOTHESES: readonly Hypothesis[] = CONTEXT_HEADROOMS.flatMap((contextHeadroom) =>
  WEIGHTS_HEADROOMS.flatMap((weightsHeadroom) =>
    LOAD_GRANULES.map((loadGranules) => ({
      paging: { granuleBits: GRANULE_BITS, context: 1, contextHeadroom, weightsHeadroom, loadHeadroom: 2 },
      loadGranules,
    })),
  ),
);
