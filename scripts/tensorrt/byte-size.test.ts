import { expect, test } from 'vitest';

import { parseByteSize } from './byte-size.mjs';

test.each([
  ['1', 1],
  ['40MiB', 41_943_040],
  ['1KiB', 1024],
  ['2GiB', 2_147_483_648],
])('%s is %i bytes', (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes);
});

test.each(['', '0', '0MiB', '-1', '1.5MiB', '40 MiB', '40MB', '40mib', 'MiB', '9999999999'])(
  '"%s" is no size',
  (text) => {
    expect(parseByteSize(text)).toBeNull();
  },
);
