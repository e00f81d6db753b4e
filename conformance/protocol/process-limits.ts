/** How long the runner waits for a subject, in milliseconds (spec/protocol.md, "The end"). */
export interface ProcessLimits {
  /** For the answer to its hello. */
  readonly hello: number;
  /** For the next answer, the whole of it, while there are cases to answer. */
  readonly case: number;
  /** For the exit after `stop`, and again after SIGTERM. */
  readonly exit: number;
  /**
   * Faults after which no further case is run; one that is waited for counts {@link TIMEOUT_WEIGHT}
   * times.
   */
  readonly incidents: number;
}

/** The limits of spec/protocol.md. */
export const LIMITS: ProcessLimits = { hello: 10_000, case: 10_000, exit: 5_000, incidents: 50 };

/**
 * A case that does not end costs its whole limit several times over, so fewer of them are put up
 * with.
 */
export const TIMEOUT_WEIGHT = 17;

/** Bytes of a line or a frame. */
export const MOST_MESSAGE_BYTES = 16 << 20;

/** Cases that are sent and not answered. */
export const MOST_UNANSWERED = 1024;

/** Bytes kept of standard error. */
export const STDERR_BYTES = 64 * 1024;
