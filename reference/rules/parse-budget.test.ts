import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BUDGET, parseBudget } from './parse-budget.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('parseBudget', () => {
  it.each([
    ['0', 0n],
    ['9', 9n],
    ['2147483648', 2n ** 31n],
    ['9223372036854775807', MAX_BUDGET],
    ['00', 0n],
    [`${'0'.repeat(400)}42`, 42n],
  ])('takes %j for a budget (WSB-PARSE-01, WSB-PARSE-02)', (text, budget) => {
    expect(parseBudget(bytes(text))).toEqual({ ok: true, budget });
  });

  it.each([
    ['+1', 0],
    ['-1', 0],
    ['-0', 0],
    [' 1', 0],
    ['1 ', 1],
    ['1\n', 1],
    ['0x10', 1],
    ['1.5', 1],
    ['1e3', 1],
    ['1_000', 1],
    ['auto', 0],
    ['1\0', 1],
    ['\0', 0],
    ['/', 0],
    [':', 0],
    ['\xb2', 0],
  ])('finds a byte in %j that is no digit (WSB-PARSE-03, 04, 07, 08)', (text, at) => {
    expect(parseBudget(bytes(text))).toEqual({ ok: false, fault: 'not-a-digit', at });
  });

  it.each([
    ['9223372036854775808', 18],
    ['18446744073709551616', 19],
    ['9'.repeat(256), 18],
  ])('refuses %j, which is above 2^63 - 1 (WSB-PARSE-06)', (text, at) => {
    expect(parseBudget(bytes(text))).toEqual({ ok: false, fault: 'too-large', at });
  });

  it('refuses nothing at all (WSB-PARSE-05)', () => {
    expect(parseBudget(new Uint8Array(0))).toEqual({ ok: false, fault: 'empty', at: 0 });
    expect(parseBudget(null)).toEqual({ ok: false, fault: 'null', at: 0 });
  });

  it('reads nothing behind the bytes it is given (WSB-PARSE-09)', () => {
    expect(parseBudget(bytes('123x').subarray(0, 2))).toEqual({ ok: true, budget: 12n });
  });

  it('takes exactly the decimal numbers up to 2^63 - 1', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 65n), fc.nat(300), (value, zeros) => {
        const parsed = parseBudget(bytes('0'.repeat(zeros) + value.toString()));
        expect(parsed.ok ? parsed.budget : null).toBe(value <= MAX_BUDGET ? value : null);
      }),
    );
  });

  it('refuses every text with a byte that is no digit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 6 }), (text) => {
        const digits = text.every((byte) => byte >= 0x30 && byte <= 0x39);
        expect(parseBudget(text).ok).toBe(digits);
      }),
    );
  });
});
