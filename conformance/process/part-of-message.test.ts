import { describe, expect, it } from 'vitest';
import { partOfMessage } from './part-of-message.js';

describe('partOfMessage', () => {
  it.each([
    ['a line', Buffer.from('{"message":"dec'), '"{\\"message\\":\\"dec"'],
    ['a frame', Buffer.from([9, 0, 0, 0, 0x62]), 'the bytes 0900000062'],
    ['a line with a control byte', Buffer.from('{"a\u001b[2J'), 'the bytes 7b22611b5b324a'],
    ['a long line', Buffer.from(`{${'x'.repeat(999)}`), `"{${'x'.repeat(119)}" and 880 bytes more`],
  ])('shows %s', (_, bytes, shown) => {
    expect(partOfMessage(bytes)).toBe(shown);
  });
});
