import type { Paging } from '../../../reference/plan/paging.js';
import { GRANULE_BITS, type Zone } from './zone.js';

/**
 * One way in which the device may have handed out memory: the exact account is the allocator's
 * secret, but each sequence has to agree with one of {@link hypotheses}, from its first call to its
 * last.
 */
export interface Hypothesis {
  readonly paging: Paging;
  /**
   * Granules that the first deserialization keeps, where the recording does not say what was free
   * after it.
   */
  readonly loadGranules: 0 | 1;
}

/**
 * The bounded zone within which recordings leave open how memory was handed out
 * (spec/recordings.md), one by one.
 */
export function hypotheses(zone: Zone): readonly Hypothesis[] {
  return zone.contextHeadrooms.flatMap((contextHeadroom) =>
    zone.weightsHeadrooms.flatMap((weightsHeadroom) =>
      zone.loadHeadrooms.flatMap((loadHeadroom) =>
        zone.loadGranules.map((loadGranules) => ({
          paging: { granuleBits: GRANULE_BITS, context: 1, contextHeadroom, weightsHeadroom, loadHeadroom },
          loadGranules,
        })),
      ),
    ),
  );
}
