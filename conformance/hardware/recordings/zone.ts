import type { RecordingEngine } from '../../golden/recording.js';
import type { Paging } from '../../../reference/plan/paging.js';

/**
 * What recordings of a device leave open, in granules: each list has the ends of what was seen and
 * nothing beyond (a test holds that). The numbers are those of the plan's paging; a context takes
 * one granule on top of its blocks.
 */
export interface Zone {
  readonly contextHeadrooms: readonly number[];
  readonly weightsHeadrooms: readonly number[];
  readonly loadHeadrooms: readonly number[];
  /**
   * What the first deserialization keeps, where the recording does not say what was free after it.
   */
  readonly loadGranules: readonly (0 | 1)[];
}

/** 2 MiB: all recorded amounts of free memory of a device differ by multiples of it. */
export const GRANULE_BITS = 21;

/** The H100, of which the first recordings are; also for a device without a zone of its own. */
export const H100: Zone = {
  contextHeadrooms: [0, 1],
  weightsHeadrooms: [1],
  loadHeadrooms: [2],
  loadGranules: [0, 1],
};

/** The H200, each sequence in a fresh process; the weights take granules of their own. */
export const H200: Zone = {
  contextHeadrooms: [1, 2],
  weightsHeadrooms: [0, 1],
  loadHeadrooms: [3, 4],
  loadGranules: [1],
};

/**
 * The H200, each sequence in a fresh process, for an engine of at most half a granule: the one that
 * its blocks share is not there yet.
 */
export const H200_SMALL: Zone = {
  contextHeadrooms: [0, 5],
  weightsHeadrooms: [2, 4],
  loadHeadrooms: [2, 3],
  loadGranules: [1],
};

/** The zone of a sequence with these engines on a GPU. */
export function zoneOf(gpu: string, engines: readonly RecordingEngine[]): Zone {
  if (gpu !== 'NVIDIA H200') return H100;
  return engines.every(({ streamable }) => BigInt(streamable) * 2n <= 1n << BigInt(GRANULE_BITS))
    ? H200_SMALL
    : H200;
}

/**
 * One way in which the device may have handed out memory: the exact account is the allocator's
 * secret, but each sequence has to agree with one of {@link hypotheses}, from its first call to its
 * last.
 */
export interface Hypothesis {
  readonly paging: Paging;
  /** Granules that the first deserialization keeps, where the free memory was not recorded. */
  readonly loadGranules: 0 | 1;
}

/** All ways to hand out memory that a zone leaves open (spec/recordings.md). */
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
