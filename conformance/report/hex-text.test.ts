import { describe, expect, it } from 'vitest';
import { hexText } from './hex-text.js';

const NINES = '39 '.repeat(8);

describe('hexText', () => {
  it.each([
    ['', null, 'none'],
    ['5', null, '35'],
    ['+700', [0, 1], '[2b] 37 30 30'],
    ['all', [0, 3], '61 6c 6c'],
    ['a:-1,', [2, 4], '61 3a [2d 31] 2c'],
    ['9'.repeat(40), null, `${'39 '.repeat(32)}… (40 bytes)`],
    [`x${'9'.repeat(40)}`, [0, 1], `[78] ${'39 '.repeat(31)}… (41 bytes)`],
    [`${'9'.repeat(40)}x`, [40, 41], `… from byte 32: ${NINES}[78] (41 bytes)`],
  ] as const)('of %j, of which %j are marked', (text, marked, shown) => {
    const bytes = new TextEncoder().encode(text);
    const mark = marked === null ? null : { from: marked[0], to: marked[1], why: '' };
    expect(hexText({ bytes, at: 0, size: bytes.length, mark })).toBe(shown);
  });

  it('counts places from where the bytes begin', () => {
    const bytes = new TextEncoder().encode('12x45');
    const mark = { from: 102, to: 103, why: '' };
    expect(hexText({ bytes, at: 100, size: 200, mark })).toBe(
      '… from byte 100: 31 32 [78] 34 35 … (200 bytes)',
    );
  });

  it('is a line of its own however many are marked', () => {
    const bytes = new Uint8Array(96);
    const text = hexText({ bytes, at: 0, size: 5000, mark: { from: 0, to: 96, why: '' } });
    expect(text.length).toBeLessThan(160);
  });
});
