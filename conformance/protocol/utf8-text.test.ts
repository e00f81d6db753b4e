import { describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { loadSchemas } from '../spec/schemas.js';
import { jsonFraming } from './json-framing.js';
import { utf8Text } from './utf8-text.js';

describe('utf8Text', () => {
  it('reads UTF-8 as it is, a byte order mark too', () => {
    expect(utf8Text(Buffer.from('\ufeffé\0'))).toBe('\ufeffé\0');
  });

  it('refuses what is none, in a message of a subject, too', () => {
    expect(() => utf8Text(Uint8Array.of(0x66, 0xff))).toThrow('not UTF-8');
    const line = Buffer.concat([
      Buffer.from('{"message":"failure","seq":null,"reason":"'),
      Buffer.of(0xc3),
      Buffer.from('"}\n'),
    ]);
    expect(() => jsonFraming(loadSchemas(suiteRoot())).read(line)).toThrow('it wrote text that is not UTF-8');
  });
});
