import type { TracedFinding } from '../../attribution/traced-finding.js';
import type { Seen } from '../again/told-again.js';

/** What notes are made of a failure with: as its subject shows it, or as a shard recorded it. */
export interface Failure {
  /** Names what it says first, whatever else is known: failures that look alike have one name. */
  readonly first: string;
  /** Whether it is run again though others that look alike were. */
  readonly isWorth: () => boolean;
  /** Runs it again in fresh processes; null where there are none. */
  readonly seen: () => Promise<Seen | null>;
}

/** A written case that failed otherwise than is expected. */
export interface WrittenFailure extends Failure {
  readonly traced: TracedFinding;
}

/** A generated case that failed otherwise than is expected. */
export interface DrawnFailure extends Failure {
  /** On the case as it came. */
  readonly came: () => TracedFinding;
  /** On the smallest case that fails alike. */
  readonly smallest: () => Promise<TracedFinding>;
}
