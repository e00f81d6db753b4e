/** Executing the method takes more than calling delegates, which the reference does not model. */
export class UnmodelledProgramError extends Error {
  readonly code = 'ERR_UNMODELLED_PROGRAM';

  constructor(method: string) {
    super(
      `Method ${JSON.stringify(method)} has instructions other than calls of delegates, and the reference executes only those. ` +
        'Load it without executing it.',
    );
    this.name = 'UnmodelledProgramError';
  }
}
