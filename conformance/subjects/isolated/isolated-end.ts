import type { Outcome } from '../../../reference/outcome/outcome.js';

/**
 * How a request ended in a process of its own.
 * - `answered`: with an outcome.
 * - `crashed`: the process was ended by a signal, such as SIGSEGV.
 * - `timed-out`: it was still running when its time was up.
 */
export type IsolatedEnd =
  | { readonly kind: 'answered'; readonly outcome: Outcome }
  | { readonly kind: 'crashed'; readonly signal: string }
  | { readonly kind: 'timed-out'; readonly milliseconds: number };

/** Carries out one request record in a process of its own. */
export type RunIsolated = (request: Uint8Array) => Promise<IsolatedEnd>;
