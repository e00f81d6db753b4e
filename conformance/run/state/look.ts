import type { TracedFinding } from '../../attribution/traced-finding.js';
import type { Finding } from '../../model/finding.js';
import type { Seen } from '../again/told-again.js';

/** Which flat case of a section it is, and what it was looked at for. */
export interface LookedFlatCase {
  readonly block: number;
  /** Its decision record. */
  readonly record: Uint8Array;
  readonly why: 'failed' | 'incident' | 'expected';
}

/**
 * What looking at a failure told a shard, whose subject is not there when shards are merged.
 * - `written`: a written case that failed otherwise than is expected;
 * - `drawn`: a generated case that did;
 * - `entry`: a case that failed as an entry of the list of expected failures says.
 */
export type Look =
  | {
      readonly kind: 'written';
      readonly traced: TracedFinding;
      /** How it came back: null without fresh processes; absent where it was not run again. */
      readonly seen?: Seen | null;
    }
  | {
      readonly kind: 'drawn';
      readonly flat: LookedFlatCase | null;
      readonly first: string;
      readonly seen?: Seen | null;
      /** On the case as it came; absent where others that look alike had been looked at. */
      readonly came?: TracedFinding;
      /** On the smallest case that fails alike, where it is another one. */
      readonly smallest?: TracedFinding;
    }
  | {
      readonly kind: 'entry';
      /** Whether it is a generated case, which is made small, and not a written one. */
      readonly isDrawn: boolean;
      readonly flat: LookedFlatCase | null;
      /** The place of the entry among those that have not expired, from 0. */
      readonly entry: number;
      readonly finding: Finding;
    };

/** A look of a kind. */
export type LookOf<Kind extends Look['kind']> = Look & { readonly kind: Kind };
