import { expect, it } from 'vitest';

import { applyPatch } from './apply-patch.js';

const file = 'apply_budget.cpp';
const patch = [{ file, find: 'std::min(a, b)', replace: 'a' }];
const apply = (parts: typeof patch, source: string): string => applyPatch('no-clamp', file, parts, source);

it('replaces the text', () => {
  expect(apply(patch, 'return std::min(a, b);')).toBe('return a;');
});

it('replaces one text after the other, and none that is for another file', () => {
  const more = [
    ...patch,
    { file, find: 'return a', replace: 'return c' },
    { file: 'x', find: 'c', replace: '' },
  ];
  expect(apply(more, 'return std::min(a, b);')).toBe('return c;');
});

it('takes the replacement as it is', () => {
  expect(apply([{ file, find: 'std::min(a, b)', replace: '$&$1' }], 'std::min(a, b)')).toBe('$&$1');
});

it('refuses text that is not there exactly once', () => {
  expect(() => apply(patch, 'return a;')).toThrow(/text to find of no-clamp does not occur in/);
  expect(() => apply(patch, 'std::min(a, b) + std::min(a, b)')).toThrow(/occurs more than once/);
  expect(() => apply([{ file, find: '', replace: 'b' }], 'a')).toThrow(/occur/);
});
