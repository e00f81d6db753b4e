import type { Random } from '../../generators/random.js';

/** What a reader says of an input that it does not take. Twin: native/fuzz/fuzz.h. */
export const REFUSED = 'refused';

/** A reader of bytes that nobody vouches for, as it is fuzzed. */
export interface ReaderTarget {
  readonly name: string;
  /** What it reads, in a few words. */
  readonly what: string;
  /**
   * What it reads in an input, in a text; {@link REFUSED} for what it does not take. Bounded: what
   * it throws is a finding, and so is an input that it is too long at.
   */
  readonly read: (input: Uint8Array) => string;
  /**
   * What the reader of the same bytes in native/fuzz has to say: the same, or, where it is
   * stricter, nothing or the same. `none`: there is no other.
   */
  readonly twin: 'equal' | 'stricter' | 'none';
  /** Inputs that the suite's own writers make. */
  readonly seeds: () => readonly Uint8Array[];
  /** Changes an input by what its bytes are for; null where it cannot. */
  readonly mutate?: (random: Random, input: Uint8Array) => Uint8Array | null;
}
