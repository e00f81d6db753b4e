import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  briefly,
  lineList,
  together,
  visible,
  visibleJson,
  visibleLine,
  visibleLines,
} from './visible-text.js';

/** Characters that a terminal obeys or that nobody sees. */
const HIDDEN: readonly (readonly [string, string])[] = [
  ['\x1b[2J\x1b[H', '\\x1b[2J\\x1b[H'],
  ['\x1b]0;title\x07', '\\x1b]0;title\\x07'],
  ['half\rwhole', 'half\\x0dwhole'],
  ['a\nerror WSB-PARSE-03', 'a\\nerror WSB-PARSE-03'],
  ['a\tb', 'a\\tb'],
  ['\0\x7f\u009b', '\\x00\\x7f\\u009b'],
  ['\u202eevil\u2066\u2069', '\\u202eevil\\u2066\\u2069'],
  ['a\u200bb\u200d\u2060', 'a\\u200bb\\u200d\\u2060'],
  ['\u2028\u2029\ufeff', '\\u2028\\u2029\\ufeff'],
  ['\ud800 \udcff', '\\ud800 \\xff'],
  ['\u00a0\u3000\u2800\u3164\ufe0f', '\\u00a0\\u3000\\u2800\\u3164\\ufe0f'],
  ['\u{e0041}', '\\u{e0041}'],
];

/** Texts in which such characters are frequent. */
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HIDDEN.map(([text]) => text)), fc.string({ unit: 'binary' })))
  .map((parts) => parts.join(''));

describe('visibleLine', () => {
  it.each(HIDDEN)('shows what is hidden in %j by its number', (text, shown) => {
    expect(visibleLine(text)).toBe(shown);
    expect(visible`<${text}>`).toBe(`<${shown}>`);
  });

  it('leaves everything else as it is', () => {
    const text = 'first \\x1b é 猫 🙂';
    expect(visibleLine(text)).toBe(text);
  });

  it('gives one line, the same when it is shown again', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = visibleLine(text);
        expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(visibleLine(line)).toBe(line);
      }),
    );
  });
});

describe('visible text of several lines', () => {
  it('keeps the ends of its own lines alone', () => {
    expect(visibleLines('a\r\nb\u2028\n')).toBe('a\\x0d\nb\\u2028\n');
    expect(lineList([visible`a${'\n'}`, visible`b`])).toBe('a\\n\nb\n');
    expect(together(lineList([visible`a`]), visible`b`)).toBe('a\nb');
  });
});

describe('visibleJson', () => {
  it('reads back as what it was, and hides nothing', () => {
    fc.assert(
      fc.property(hostile, hostile, (key, text) => {
        const json = visibleJson({ [key]: [text] }, null, 2);
        expect(json).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ [key]: [text] })));
      }),
    );
  });

  it('takes what replaces a value', () => {
    expect(visibleJson({ a: 1n }, (_, value) => (typeof value === 'bigint' ? String(value) : value))).toBe(
      '{"a":"1"}',
    );
  });
});

describe('long texts', () => {
  it('are cut, with their length', () => {
    expect(briefly('a'.repeat(400))).toBe('a'.repeat(400));
    expect(briefly('a'.repeat(401))).toBe(`${'a'.repeat(400)}… (401 characters)`);
    expect(briefly('ab🙂', 3)).toBe('ab… (4 characters)');
    expect(visible`${'a'.repeat(20_000)}`).toMatch(/^a{16384}… \(20000 characters\)$/);
  });
});
