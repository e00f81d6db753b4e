import type { LoadRequest } from '../../../reference/request/load-request.js';
import type { Capabilities } from './capabilities.js';
import type { CaseBatch } from './case-batch.js';
import type { Answer, Answers } from './isolated-subject.js';

/** A subject in a process of its own. */
export interface ApartSubject {
  readonly capabilities: Capabilities;
  /** Whether a request loads a real TensorRT plan. */
  readonly usesRecorded: (request: LoadRequest) => boolean;
  /** What came of each case of a batch, whose memory stays as it is until then. */
  readonly answer: (batch: CaseBatch) => Promise<Answers>;
  /** What comes of one case in a process of its own; a crash there is held against nothing. */
  readonly alone: (batch: CaseBatch) => Promise<Answer>;
  /**
   * Lets the process end.
   *
   * @throws SubjectError when it does not end as it should.
   */
  readonly close: () => Promise<void>;
}
