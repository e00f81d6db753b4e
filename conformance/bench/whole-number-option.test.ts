import { describe, expect, it } from 'vitest';
import { OptionError, wholeNumberOption } from './whole-number-option.js';

describe('wholeNumberOption', () => {
  it.each([
    ['0', 0],
    ['7', 7],
    ['1e8', 100_000_000],
  ])('takes %s', (text, number) => {
    expect(wholeNumberOption('decisions', text, 0)).toBe(number);
  });

  it.each(['', 'many', '-1', '1.5', '1e400', '0x10', '9007199254740993', ' 5'])('refuses "%s"', (text) => {
    expect(() => wholeNumberOption('decisions', text, 0)).toThrow(OptionError);
  });

  it('says which option takes what', () => {
    expect(() => wholeNumberOption('jobs', '0', 1)).toThrow(
      '--jobs takes a whole number from 1 on, such as 1e6, not "0".',
    );
  });
});
