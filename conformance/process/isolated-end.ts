import type { Incident } from '../model/incident.js';

/** How a request ended in a process of its own: with the record of its outcome, or with why there is none. */
export type IsolatedEnd = Uint8Array | Incident;

/**
 * Carries out one request record in a process of its own. Calls can be made at once; how many processes there are at a time is the
 * subject's matter.
 *
 * @throws SubjectError when such a process does not even start.
 */
export type RunIsolated = (request: Uint8Array) => Promise<IsolatedEnd>;
