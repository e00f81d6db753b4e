/**
 * JSON that keeps its schema and yet stands for nothing that there can be. The message says why, as
 * a sentence.
 */
export class UnfitJsonError extends Error {
  override readonly name = 'UnfitJsonError';
  readonly code = 'ERR_UNFIT_JSON';
}
