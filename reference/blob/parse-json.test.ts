import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from './json.js';
import { MAX_JSON_DEPTH, parseJson } from './parse-json.js';

const encoder = new TextEncoder();
const parse = (text: string): Json | null => parseJson(encoder.encode(text));

/** What `JSON.parse` makes of the same value. */
function toPlain(json: Json): unknown {
  switch (json.kind) {
    case 'null':
      return null;
    case 'boolean':
      return json.value;
    case 'number':
      return Number(json.text);
    case 'string':
      return json.text;
    case 'array':
      return json.items.map(toPlain);
    case 'object':
      return Object.fromEntries([...json.members].map(([name, value]) => [name, toPlain(value)]));
  }
}

describe('parseJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), fc.constantFrom(0, 1), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const json = parse(text);
        expect(json === null ? undefined : toPlain(json)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('agrees with JSON.parse on texts that are nearly JSON', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      '0',
      '.',
      'e',
      'true',
      'null',
      ' ',
      '\\',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expected = undefined;
        }
        const json = parse(text);
        expect(json === null ? undefined : toPlain(json)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '',
    '{"a":1,}',
    '[1,]',
    '{"a" 1}',
    '{a:1}',
    '01',
    '1.',
    '-',
    '+1',
    '.5',
    '1e',
    'tru',
    'nul',
    '[1',
    '{"a":1',
    '[] []',
    '"\t"',
    '"\\x"',
    '"\\u12g4"',
    '"a',
    "'a'",
    '\ufeff{}',
  ])('refuses %j', (text) => {
    expect(parse(text)).toBeNull();
  });

  it('keeps numbers as text', () => {
    expect(parse('1.0')).toEqual({ kind: 'number', text: '1.0' });
    expect(parse(' -0e+10 ')).toEqual({ kind: 'number', text: '-0e+10' });
  });

  it('resolves escapes', () => {
    expect(parse(String.raw`"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"`)).toEqual({
      kind: 'string',
      text: '"\\/\b\f\n\r\té😀',
    });
  });

  it('refuses surrogates without their other half, and bytes that are not UTF-8', () => {
    expect(parse(String.raw`"\ud83d"`)).toBeNull();
    expect(parse(String.raw`"\ude00\ud83d"`)).toBeNull();
    expect(parse('"😀"')).toEqual({ kind: 'string', text: '😀' });
    expect(parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toBeNull();
    expect(parseJson(Uint8Array.of(0x22, 0xc0, 0x80, 0x22))).toBeNull();
  });

  it('lets the last of equal names count', () => {
    expect(parse('{"a":1,"a":2}')).toEqual({
      kind: 'object',
      members: new Map([['a', { kind: 'number', text: '2' }]]),
    });
  });

  it('nests as deep as it says and no deeper', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parse(nested(MAX_JSON_DEPTH))).not.toBeNull();
    expect(parse(nested(MAX_JSON_DEPTH + 1))).toBeNull();
    expect(parse('{"a":'.repeat(MAX_JSON_DEPTH) + '1' + '}'.repeat(MAX_JSON_DEPTH))).not.toBeNull();
    expect(parse('{"a":'.repeat(100_000))).toBeNull();
  });
});
