import type { Depth } from '../model/depth.js';
import type { CaseBatch } from './case-batch.js';

/** What a subject says after its hello. */
export type SubjectMessage =
  /** It starts the cases from number `seq` on. */
  | { readonly kind: 'begin'; readonly seq: number; readonly count: number }
  /**
   * What came of the cases from number `seq` on: `count` records (spec/wire-format.md,
   * spec/decision-format.md).
   */
  | {
      readonly kind: 'answers';
      readonly depth: Depth;
      readonly seq: number;
      readonly count: number;
      readonly bytes: Uint8Array;
    }
  /** It could not carry a case out, or, when `seq` is null, cannot go on. */
  | { readonly kind: 'failure'; readonly seq: number | null; readonly reason: string };

/** How messages travel after the two hellos: lines or frames. */
export interface Framing {
  readonly plan: (sha256: string, plan: Uint8Array) => Uint8Array;
  /** The cases of a batch, the first of which has the number `seq`. */
  readonly batch: (batch: CaseBatch, seq: number) => Uint8Array;
  readonly stop: () => Uint8Array;
  /**
   * Takes the first message off `bytes`; null when there is no whole one yet.
   *
   * @throws ProtocolFault when it is invalid.
   */
  readonly read: (bytes: Buffer) => { readonly message: SubjectMessage; readonly size: number } | null;
}
