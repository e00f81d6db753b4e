import { expect, it } from 'vitest';

import { applyMutation } from './apply-mutation.mjs';

const mutant = {
  name: 'no-clamp',
  description: 'does not clamp',
  file: 'apply_budget.cpp',
  find: 'std::min(a, b)',
  replace: 'a',
};

it('replaces the text', () => {
  expect(applyMutation(mutant, 'return std::min(a, b);')).toBe('return a;');
});

it('takes the replacement as it is', () => {
  expect(applyMutation({ ...mutant, replace: '$&$1' }, 'return std::min(a, b);')).toBe('return $&$1;');
});

it('refuses text that is not there exactly once', () => {
  expect(() => applyMutation(mutant, 'return a;')).toThrow(/"no-clamp": its text to find does not occur in/);
  expect(() => applyMutation(mutant, 'std::min(a, b) + std::min(a, b)')).toThrow(/occurs more than once/);
  expect(() => applyMutation({ ...mutant, find: '' }, 'a')).toThrow(/occur/);
});
