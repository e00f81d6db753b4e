import type { IncidentKind } from '../../model/incident.js';
import type { Depth } from '../../model/depth.js';
import type { Speech } from './speech.js';

/** How a run on a faulty subject has to end. */
export type FaultVerdict =
  /** It does not get as far as a case. */
  | { readonly at: 'start'; readonly message: RegExp }
  /**
   * One case has no outcome, and `cases` of them are needed for that, or null when it does not come
   * back; every other case passes.
   */
  | {
      readonly at: 'case';
      readonly kind: IncidentKind;
      readonly cases: number | null;
      readonly message: RegExp;
      /** What shows when no case follows before the time is up; the same when it is left out. */
      readonly asLast?: { readonly kind: IncidentKind; readonly message: RegExp };
    }
  /** Every case has an outcome; this is the verdict on them. */
  | { readonly at: 'outcome'; readonly verdict: 'pass' | 'fail' }
  /** Every case passes; the end is wrong, and so the run is worth nothing. */
  | { readonly at: 'end'; readonly message: RegExp };

/** A case that a faulty subject has to carry out. */
export interface GivenCase {
  readonly depth: Depth;
  readonly seq: number;
  /** The right answer. */
  readonly answer: Uint8Array;
  /** Whether it is the case at which a fault shows. */
  readonly marked: boolean;
  /** Which case of this process it is, from 1. */
  readonly nth: number;
}

/** One way to speak the protocol wrongly; all else is right. */
export interface Fault {
  readonly description: string;
  readonly verdict: FaultVerdict;
  /** Done before the hello. */
  readonly start?: () => void;
  /** The members of the subject's hello, changed. */
  readonly hello?: (hello: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** In place of begin and answer of a case; null when this case is answered as it should be. */
  readonly onCase?: (speech: Speech, given: GivenCase) => Uint8Array | null;
  /** Done when the subject is told to stop. */
  readonly onStop?: (speech: Speech) => void;
}
