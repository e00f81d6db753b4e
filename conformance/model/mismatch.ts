import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import type { Incident } from './incident.js';

/** A request whose outcome is not the expected one, or that has none: its place in the block, and both outcome records. */
export interface Mismatch {
  readonly at: number;
  readonly request: LoadRequest;
  readonly expected: Uint8Array;
  /** Empty where there is an incident. */
  readonly observed: Uint8Array;
  /** Why there is no outcome; absent when there is one. */
  readonly incident?: Incident;
  /** The clauses that it can be traced to, the likeliest first; absent when the outcomes tell. */
  readonly clauses?: readonly [ClauseId, ...ClauseId[]];
}
