import type { LoadRequest } from '../../reference/request/load-request.js';
import type { Allowance } from './allowance.js';
import type { Capabilities } from '../protocol/capabilities.js';
import type { CaseBatch } from '../protocol/case-batch.js';
import type { AnswerOptions } from './isolated-subject.js';
import type { Answers } from './answers.js';
import type { Answer } from './answers.js';

/** A subject in a process of its own. */
export interface ApartSubject {
  readonly capabilities: Capabilities;
  /** Whether a request loads a real TensorRT plan. */
  readonly usesRecorded: (request: LoadRequest) => boolean;
  /** How many faults cases may have that have no allowance of their own. */
  readonly allowance: Allowance;
  /** What came of each case of a batch, whose memory stays as it is until then; by the process `worker` of it, 0 when left out. */
  readonly answer: (
    batch: CaseBatch,
    options?: AnswerOptions & { readonly worker?: number },
  ) => Promise<Answers>;
  /** What comes of one case in a process of its own; a crash there is held against nothing. */
  readonly alone: (batch: CaseBatch) => Promise<Answer>;
  /**
   * Lets the processes end. It may be used again.
   *
   * @throws SubjectError when one does not end as it should.
   */
  readonly close: () => Promise<void>;
}
