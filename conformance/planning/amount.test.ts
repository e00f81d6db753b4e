import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BUDGET } from '../../reference/index.js';
import { bytesOf, readAmount } from './amount.js';

describe('readAmount', () => {
  it.each([
    ['0', 0n],
    ['8192', 8192n],
    ['0008', 8n],
    ['8GiB', 8n << 30n],
    ['8 gib', 8n << 30n],
    ['8GB', 8_000_000_000n],
    ['512MiB', 512n << 20n],
    ['1.5kB', 1500n],
    ['0.1KiB', 102n],
    ['7B', 7n],
    ['9223372036854775807', MAX_BUDGET],
    ['7.999999999999999999TiB', 8_796_093_022_207n],
  ])('reads %s', (text, bytes) => {
    expect(readAmount(text)).toEqual({ kind: 'bytes', bytes });
  });

  it('reads shares, which are rounded down', () => {
    expect(bytesOf(readAmount('50%'), 1001n)).toBe(500n);
    expect(bytesOf(readAmount('33.3 %'), 1000n)).toBe(333n);
    expect(bytesOf(readAmount('100%'), MAX_BUDGET)).toBe(MAX_BUDGET);
    expect(bytesOf(readAmount('5'), 1n)).toBe(5n);
  });

  it.each([
    ['', 'Give bytes in digits'],
    ['-1', 'Give bytes in digits'],
    ['+1', 'Give bytes in digits'],
    ['0x10', 'Give bytes in digits'],
    ['1e9', 'Give bytes in digits'],
    ['8G', 'G can mean GB or GiB.'],
    ['8k', 'k can mean KB or KiB.'],
    ['8 parsecs', 'There is no unit "parsecs".'],
    ['1.5', 'A number of bytes has no fraction.'],
    ['8 EiB', 'There is no unit "EiB".'],
    ['9223372036854775808', 'The largest budget is 9223372036854775807 bytes.'],
    ['9000000000TiB', 'The largest budget is'],
    ['100.1%', 'A share is at most 100%.'],
    ['8GiB\n', 'Give bytes in digits'],
    ['8GiB\0', 'Give bytes in digits'],
    ['9'.repeat(100_000), 'Give bytes in digits'],
    ['٣', 'Give bytes in digits'],
  ])('refuses %j', (text, message) => {
    expect(() => readAmount(text)).toThrow(message);
  });

  it('reads every budget in digits', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, MAX_BUDGET), (bytes) => {
        expect(readAmount(String(bytes))).toEqual({ kind: 'bytes', bytes });
      }),
      { seed: 1 },
    );
  });
});
