import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesGlob } from './glob.js';

/** The same by a regular expression. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

it('matches as a regular expression does', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.', '\n', '\\'), maxLength: 9 });
  fc.assert(
    fc.property(text, text, (pattern, other) => {
      expect(matchesGlob(pattern, other)).toBe(matches(pattern, other));
    }),
    { numRuns: 3000 },
  );
});

it('looks at a text a few times at most, however many stars there are', () => {
  // A regular expression of 38 stars takes longer than anyone waits for this.
  const pattern = `${'*a'.repeat(5000)}*c`;
  const text = `${'ab'.repeat(50_000)}b`;
  expect(matchesGlob(pattern, text)).toBe(false);
  expect(matchesGlob(pattern, `${text}c`)).toBe(true);
});
