import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.js';

describe('visibleText', () => {
  it.each([
    ['\x1b[2J\x1b[H', '\\x1b[2J\\x1b[H'],
    ['half\rwhole', 'half\\x0dwhole'],
    ['\0\x7f\u009b', '\\x00\\x7f\\x9b'],
  ])('shows control characters of %j as their numbers', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('leaves everything else as it is', () => {
    const text = 'first\n\tsecond \\x1b é 猫 🙂';
    expect(visibleText(text)).toBe(text);
  });
});
