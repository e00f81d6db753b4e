import type { Policy } from '../../reference/index.js';
import type { AnyLoadRequest } from '../../reference/request/load-request.js';
import type { Allowance } from '../process/allowance.js';
import type { Answer, Answers } from '../process/answers.js';
import type { PerCaseProcess } from '../process/per-case-process.js';
import type { RunSequence } from '../process/run-sequence.js';
import type { AnswerOptions } from '../process/supervised-process.js';
import type { Capabilities } from '../protocol/capabilities.js';
import type { CaseBatch } from '../protocol/case-batch.js';
import type { ProfileName } from '../spec/profile-name.js';

/**
 * Anything that loads programs. It is handed requests and gives outcomes; what is expected of it
 * never reaches it.
 */
export type Subject = InProcessSubject | OutOfProcessSubject;

/** What every subject says of itself. */
interface SubjectFacts {
  /** As it is named on the command line, such as `native:no-clamp`. */
  readonly name: string;
  /** What the subject is made of, as it says itself. */
  readonly versions: Readonly<Record<string, string>>;
  /** Who chooses automatic budgets. */
  readonly policy: Policy;
  /** What it claims to conform to. */
  readonly profile: ProfileName;
  /**
   * Paths of the files that it is loaded from, as far as they are known; none for a part of the
   * suite.
   */
  readonly files: readonly string[];
  readonly capabilities: Capabilities;
  /**
   * Runs a request that may crash; null when the subject cannot run one in a process of its own.
   */
  readonly perCaseProcess: PerCaseProcess | null;
  /**
   * Runs cases in a fresh process of the same delegate, so that what failed can be seen again;
   * left out where there is no process to start, as for the reference.
   */
  readonly sequence?: RunSequence;
  /**
   * Ends the processes of the subject, if it has any. It can be used again.
   *
   * @throws SubjectError when a process does not end as it should.
   */
  readonly close: () => Promise<void>;
}

/**
 * Carries out a batch of request records and gives as many outcome records, in order
 * (spec/wire-format.md).
 *
 * @throws SubjectError when the subject breaks.
 */
export type RunRequests = (requests: Uint8Array) => Uint8Array;

/**
 * Carries out decision records and gives their outcomes (spec/decision-format.md), which stay as
 * they are until the next call.
 */
export type DecideBlock = (records: Uint8Array) => Uint8Array;

/** A subject in the process of the runner. */
export interface InProcessSubject extends SubjectFacts {
  readonly kind: 'in-process';
  readonly run: RunRequests;
  /** Null for a subject without decision depth. */
  readonly decide: DecideBlock | null;
}

/** A subject that speaks spec/protocol.md in processes other than that of the runner. */
export interface OutOfProcessSubject extends SubjectFacts {
  readonly kind: 'out-of-process';
  /** Whether a request loads a real TensorRT plan. */
  readonly usesRecorded: (request: AnyLoadRequest) => boolean;
  /** How many faults cases may have that have no allowance of their own. */
  readonly allowance: Allowance;
  /**
   * What came of each case of a batch, whose memory stays as it is until then; by the process
   * `worker` of it, 0 when left out.
   */
  readonly answer: (
    batch: CaseBatch,
    options?: AnswerOptions & { readonly worker?: number },
  ) => Promise<Answers>;
  /** What comes of one case in a fresh process; a crash there is not held against the subject. */
  readonly alone: (batch: CaseBatch) => Promise<Answer>;
}
