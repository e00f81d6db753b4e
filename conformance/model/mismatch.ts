import type { Trace } from '../../reference/index.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import type { DecisionCase } from '../../reference/rules/decide.js';
import type { Incident } from './incident.js';

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
  /** What was decided on, where the outcomes are those of a decision. */
  readonly decision?: DecisionCase;
}
