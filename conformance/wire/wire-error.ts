/**
 * A batch of records that is not what spec/wire-format.md says, or a value that does not fit its
 * field.
 *
 * `at` is the offset in bytes of the field that is wrong, or of the record when a value does not
 * fit.
 */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code = 'ERR_WIRE';

  constructor(
    message: string,
    readonly at: number,
  ) {
    super(`${message} (at byte ${at} of the batch)`);
  }
}
