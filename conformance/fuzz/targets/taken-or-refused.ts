import { REFUSED } from './reader-target.js';

/** A class of errors. */
type Kind = abstract new (...args: never[]) => Error;

/**
 * What `read` says; {@link REFUSED} where it throws one of the errors by which a reader refuses an
 * input. Any other one escapes.
 */
export function takenOrRefused(kinds: readonly Kind[], read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (kinds.some((kind) => error instanceof kind)) return REFUSED;
    throw error;
  }
}
