import { expect, test } from 'vitest';

import { rangesOf } from './pack-libraries.mjs';

const LONGEST = 768 * 2 ** 20;

test.each([1, LONGEST - 1, LONGEST, LONGEST + 1, 1_430_118_240, 10 * LONGEST + 7])(
  'the ranges of %i bytes cover them once, none longer than 768 MiB',
  (bytes) => {
    let next = 0;
    for (const range of rangesOf(bytes)) {
      expect(range.from).toBe(next);
      expect(range.bytes).toBeGreaterThan(0);
      expect(range.bytes).toBeLessThanOrEqual(LONGEST);
      next += range.bytes;
    }
    expect(next).toBe(bytes);
  },
);

test('ranges are no more than needed', () => {
  expect(rangesOf(LONGEST)).toHaveLength(1);
  expect(rangesOf(LONGEST + 1)).toHaveLength(2);
});
