/**
 * What comes of a program depends on what the reference does not model, or is more than an outcome
 * can hold.
 */
export class UnmodelledProgramError extends Error {
  readonly code = 'ERR_UNMODELLED_PROGRAM';

  /** @param why a sentence without its full stop */
  constructor(why: string) {
    super(`The reference has no outcome for this program: ${why}.`);
    this.name = 'UnmodelledProgramError';
  }
}
