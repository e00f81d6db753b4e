/**
 * A program whose budgets cannot be changed without exporting it again. The message is a clause
 * that says what about the program, without a full stop.
 */
export class UnpatchableError extends Error {
  override readonly name = 'UnpatchableError';
}
