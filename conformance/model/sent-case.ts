import type { Depth } from './depth.js';

/** A case as a subject is sent it: a record (spec/wire-format.md, spec/decision-format.md). */
export interface SentCase {
  readonly depth: Depth;
  readonly record: Uint8Array;
}
