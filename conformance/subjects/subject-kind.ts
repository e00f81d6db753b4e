import type { Policy } from '../../reference/index.js';
import type { RecordedPlan } from '../oracle/recorded.js';
import type { Capability } from '../protocol/capabilities.js';
import type { ProcessLimits } from '../protocol/process-limits.js';
import type { Subject } from './subject.js';

/** What a subject is opened with besides its name. */
export interface SubjectSetup {
  /** The folder of the suite. */
  readonly root: string;
  /** Version of this package. */
  readonly version: string;
  /** The recorded plans, which the simulated TensorRT is told. */
  readonly recorded: readonly RecordedPlan[];
  /** How long a subject out of process is waited for. */
  readonly limits: ProcessLimits;
  /** The id under which a vendor's library registers its backend. */
  readonly backendId?: string | undefined;
  /** Names of variables of the environment that a subject out of process gets, too. */
  readonly env?: readonly string[] | undefined;
  /** Capabilities that it does not have, where its host cannot know (spec/protocol.md). */
  readonly lacks?: readonly Capability[] | undefined;
  /** Who is to choose automatic budgets; the delegate itself when it is left out. */
  readonly policy?: Policy | undefined;
}

/** A kind of subject. A new one is a file with one of these, and a line in SUBJECT_KINDS. */
export interface SubjectKind {
  /** What the name of such a subject begins with, up to a colon. */
  readonly prefix: string;
  /** The names that it has, such as `native:MUTANT`, each with what that is. */
  readonly names: Readonly<Record<string, string>>;
  /** What can be chosen beside the name. */
  readonly takes: readonly ('backendId' | 'lacks' | 'policy')[];
  /**
   * Opens a subject of this kind. `detail` is what stands behind the colon, null without one.
   *
   * @throws SubjectError when there is no such subject, or a part of it is missing.
   */
  readonly open: (name: string, detail: string | null, setup: SubjectSetup) => Promise<Subject>;
}
