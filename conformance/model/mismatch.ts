import type { Trace } from '../../reference/index.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import type { DecisionCase } from '../../reference/rules/decide.js';
import type { Incident } from './incident.js';
import type { SentCase } from './sent-case.js';

/**
 * A request whose outcome is not the expected one, or that has none: its place in the block, and
 * both outcome records.
 */
export interface Mismatch {
  readonly at: number;
  readonly request: LoadRequest;
  readonly expected: Uint8Array;
  /** Empty where there is an incident. */
  readonly observed: Uint8Array;
  /** Why there is no outcome; absent when there is one. */
  readonly incident?: Incident;
  /**
   * Which clauses decide the outcome expected, where that is not the oracle's for the request;
   * absent when it is.
   */
  readonly trace?: Pick<Trace, 'entries'>;
  /**
   * What the subject was sent where that is not the record of the request: a decision. The outcomes
   * are told as those of a program then.
   */
  readonly sent?: SentCase;
  /** What was decided on, where the outcomes are those of a decision. */
  readonly decision?: DecisionCase;
}
