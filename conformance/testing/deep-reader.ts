/** A reader with an error that stands behind three checks, for tests of what is guided. */
export function deepReader(input: Uint8Array): string {
  if (input[0] !== 0x46) return 'nothing';
  if (input[1] !== 0x55) return 'one letter';
  if (input[2] !== 0x5a) return 'two letters';
  throw new RangeError('as deep as it gets');
}
