/** How a block of generated cases ended: how many there were, and which of them differed from the model. */
export interface BlockResult {
  readonly cases: number;
  readonly mismatches: readonly number[];
}

/** Bytes of answers that belong together: the answer of the case at `index` is `[offset(index), offset(index + 1))`. */
export interface AnswerOffsets {
  /** The offset behind the answer that begins at `at`. */
  next(bytes: Uint8Array, at: number): number;
}

/**
 * Compares the answers of a block, byte for byte: equal as a whole in nearly every case, and case by case only when not.
 *
 * @param count - number of cases; an answer that is missing counts as a mismatch
 * @returns the indices of the cases whose answers differ
 */
export function differingCases(
  expected: Uint8Array,
  actual: Uint8Array,
  count: number,
  offsets: AnswerOffsets,
): number[] {
  if (Buffer.compare(expected, actual) === 0) return [];
  const differing: number[] = [];
  let expectedAt = 0;
  let actualAt = 0;
  for (let index = 0; index < count; index++) {
    const expectedEnd = offsets.next(expected, expectedAt);
    const actualEnd = actualAt < actual.length ? offsets.next(actual, actualAt) : actualAt;
    const same =
      Buffer.compare(expected.subarray(expectedAt, expectedEnd), actual.subarray(actualAt, actualEnd)) === 0;
    if (!same) differing.push(index);
    expectedAt = expectedEnd;
    actualAt = actualEnd;
  }
  return differing;
}
