import type { Policy } from '../../reference/index.js';
import type { ApartSubject } from '../process/apart-subject.js';
import type { VolumeSubject } from './volume-subject.js';
import type { RunIsolated } from '../process/isolated-end.js';

/**
 * Anything that loads programs. It is handed requests and gives outcomes; what is expected of it never reaches it.
 */
export interface Subject {
  /** As it is named on the command line, such as `native:no-clamp`. */
  readonly name: string;
  /** What the subject is made of, as it says itself. */
  readonly versions: Readonly<Record<string, string>>;
  /** Who chooses automatic budgets; upstream's way, TensorRT, when the subject does not say. */
  readonly policy?: Policy;
  /** Paths of the files that it is loaded from, as far as they are known; absent for one that is a part of the suite. */
  readonly files?: readonly string[];
  /**
   * Carries out a batch of request records and gives as many outcome records, in order (spec/wire-format.md).
   *
   * @throws SubjectError when the subject breaks.
   */
  readonly run: (requests: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  /** The synchronous calls that cases in large numbers run on; null for a subject outside this process. */
  readonly volume: VolumeSubject | null;
  /** Runs a request that may crash, in a process of its own; absent for a subject that has no way to. */
  readonly isolated?: RunIsolated;
  /** How cases are run on a subject in a process of its own, each with what came of it; absent for one in this process. */
  readonly apart?: ApartSubject;
}
