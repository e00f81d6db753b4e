/**
 * A JSON document of the suite is damaged: no JSON, or not what its schema says. The message names
 * the file.
 */
export class DocumentError extends Error {
  readonly code = 'ERR_DOCUMENT';

  constructor(
    /** Path as the caller knows it. */
    readonly file: string,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${file} ${what}`, options);
    this.name = 'DocumentError';
  }
}
