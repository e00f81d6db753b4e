import { describe, expect, it } from 'vitest';
import { BUDGET_KEY } from './budget-key.js';
import { findOption, hasKey } from './find-option.js';

const value = (number: number): { readonly type: 'int'; readonly value: number } => ({
  type: 'int',
  value: number,
});

describe('findOption', () => {
  it('gives the first option with the key, and null when there is none', () => {
    const options = [
      { key: 'other', value: value(1) },
      { key: BUDGET_KEY, value: value(2) },
      { key: BUDGET_KEY, value: value(3) },
    ];
    expect(findOption(options, BUDGET_KEY)).toEqual(value(2));
    expect(findOption(options.slice(0, 1), BUDGET_KEY)).toBeNull();
  });

  it('takes a key for a C string', () => {
    expect(findOption([{ key: `${BUDGET_KEY}\0junk`, value: value(4) }], BUDGET_KEY)).toEqual(value(4));
    expect(hasKey({ key: `\0${BUDGET_KEY}` }, BUDGET_KEY)).toBe(false);
    expect(hasKey({ key: `${BUDGET_KEY}s` }, BUDGET_KEY)).toBe(false);
  });
});
