/** What executing a method does depends on what the reference does not model. */
export class UnmodelledProgramError extends Error {
  readonly code = 'ERR_UNMODELLED_PROGRAM';

  constructor(method: string, why: string) {
    super(
      `The reference does not model the execution of method ${JSON.stringify(method)}: ${why}. Load it without executing it.`,
    );
    this.name = 'UnmodelledProgramError';
  }
}
