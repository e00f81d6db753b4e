/** A file of the specification cannot be read as one. The message begins with file and line. */
export class SpecificationError extends Error {
  readonly code = 'ERR_SPECIFICATION';

  constructor(
    /** Path below the root of the suite. */
    readonly file: string,
    /** Line, from 1. */
    readonly line: number,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${file}:${line}: ${what}`, options);
    this.name = 'SpecificationError';
  }
}
