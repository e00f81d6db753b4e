/** Runs a batch of request records on a subject; gives its outcome records (spec/wire-format.md). */
export type RunRequests = (requests: Uint8Array) => Uint8Array;

/**
 * Runs a block of decision records on a subject; gives its outcomes (spec/decision-format.md), which stay as they are until the
 * next call.
 */
export type DecideBlock = (records: Uint8Array) => Uint8Array;

/** The synchronous calls of a subject that volume runs on. */
export interface VolumeSubject {
  readonly run: RunRequests;
  /** Null for a subject without decision depth. */
  readonly decide: DecideBlock | null;
}
