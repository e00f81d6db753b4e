import { expect, it } from 'vitest';
import { quoteBudget, quoteBytes } from './quote-bytes.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const zeros = (count: number): string => '0'.repeat(count);

it.each([
  ['a"\\\n\xe9', '"a\\"\\\\\\x0a\\xe9"'],
  [zeros(60), `"${zeros(60)}"`],
  [zeros(61), `"${zeros(20)}…" (61 bytes, all the same)`],
  [`${zeros(256)}7`, `"${zeros(20)}…${zeros(15)}7" (257 bytes, byte 256 is "7")`],
  [
    `${zeros(100)}x${zeros(99)}`,
    `"${zeros(20)}…${zeros(12)}x${zeros(12)}…${zeros(16)}" (200 bytes, byte 100 is "x")`,
  ],
  [
    `${zeros(25)}\0${zeros(99)}`,
    `"${zeros(25)}\\x00${zeros(12)}…${zeros(16)}" (125 bytes, byte 25 is "\\x00")`,
  ],
])('quotes %j', (text, quoted) => {
  expect(quoteBytes(bytes(text))).toBe(quoted);
});

it('shows the byte that it is told, also one behind the end', () => {
  const text = `${'1'.repeat(40)}2${'1'.repeat(40)}`;
  expect(quoteBytes(bytes(text), 60)).toBe(
    `"${'1'.repeat(20)}…${'1'.repeat(33)}" (81 bytes, byte 60 is "1")`,
  );
  expect(quoteBytes(bytes(text), 81)).toBe(`"${'1'.repeat(20)}…${'1'.repeat(16)}" (81 bytes)`);
});

it('shows what makes a budget malformed', () => {
  expect(quoteBudget(bytes(`${zeros(130)}+`))).toBe(
    `"${zeros(20)}…${zeros(15)}+" (131 bytes, byte 130 is "+")`,
  );
  expect(quoteBudget(bytes('+7'))).toBe('"+7"');
});
