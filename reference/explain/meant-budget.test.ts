import { describe, expect, it } from 'vitest';
import { meantBudget } from './meant-budget.js';

const told = (text: string, streamable: bigint | null = null): string | null =>
  meantBudget(new TextEncoder().encode(text), streamable);

describe('meantBudget', () => {
  it.each([
    ['8GB', '8000000000'],
    ['8 GiB', '8589934592'],
    ['8g', '8000000000'],
    ['1.5Gi', '1610612736'],
    ['512 MB', '512000000'],
    ['100 bytes', '100'],
    ['1e9', '1000000000'],
    ['2.5e3', '2500'],
    ['1.0', '1'],
    ['+7', '7'],
    ['0x1000', '4096'],
    ['1_000_000', '1000000'],
    ['1,000', '1000'],
    ['"1000"', '1000'],
    [' 1000', '1000'],
    ['1000\n', '1000'],
    ['1000\0', '1000'],
  ])('%j: write %s', (text, digits) => {
    expect(told(text)).toMatch(new RegExp(`^write ${digits}( |$)`));
  });

  it('turns a share into bytes where the engine is known', () => {
    expect(told('50%', 1001n)).toBe(
      "a budget is a number of bytes: write 500 for 50% of the engine's 1001 streamable bytes",
    );
    expect(told('12.5 %', 800n)).toContain('write 100 for');
    expect(told('50%')).toBe('a budget is a number of bytes, not a share of the weights');
  });

  it.each(['-1', '-9223372036854775808'])('%s: none, or 0', (text) => {
    expect(told(text)).toMatch(/0 or more bytes; leave it out for an automatic one, or write 0/);
  });

  it.each(['', 'auto', 'None', 'null'])('%j: leave it out', (text) => {
    expect(told(text)).toContain('leave the option or the compile spec out');
  });

  it.each(['9223372036854775808', '9'.repeat(300), '10000000000 GB'])('%.30s: the largest', (text) => {
    expect(told(text)).toBe(
      /^\d+$/.test(text)
        ? 'the largest budget is 9223372036854775807; any at or above the streamable bytes keeps all weights resident'
        : null,
    );
  });

  it.each(['ME.A', '8XB', 'GB', '1.2.3', '\u{661}', 'x'.repeat(100_000), '\0'.repeat(3) + 'x'])(
    '%.20j: nobody knows',
    (text) => {
      expect(told(text)).toBeNull();
    },
  );
});
