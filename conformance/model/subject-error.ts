/** Why a subject cannot be used. */
export type SubjectFault =
  /** A part that it needs is not there: not built, or not for this machine. */
  | 'missing'
  /** A file that the user named is not there, or cannot be used. */
  | 'absent'
  /** There is no subject, variant or mutant of that name. */
  | 'unknown'
  /** It was there and broke: it threw, or its answer is not a batch of outcome records. */
  | 'broken';

/** A subject that cannot be opened or that broke. The message says what to do next. */
export class SubjectError extends Error {
  override readonly name = 'SubjectError';
  readonly code = 'ERR_SUBJECT';

  constructor(
    readonly fault: SubjectFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
