import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesFromName, isUtf8Name, nameFromBytes } from './name-bytes.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    UTF8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes that often are nearly UTF-8. */
const nearlyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        [0xef, 0xbb, 0xbf],
        [0xc0, 0x80],
        [0xe0, 0x9f, 0xbf],
        [0xed, 0xa0, 0x80],
        [0xf0, 0x8f, 0xbf, 0xbf],
        [0xf4, 0x90, 0x80, 0x80],
      ),
      fc.string({ unit: 'binary' }).map((text) => [...new TextEncoder().encode(text)]),
      fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 4 }),
    ),
  )
  .map((parts) => Uint8Array.from(parts.flat()));

describe('names', () => {
  it('come back as the bytes that they are of', () => {
    fc.assert(
      fc.property(nearlyText, (bytes) => {
        expect(bytesFromName(nameFromBytes(bytes))).toEqual(bytes);
      }),
    );
  });

  it('read as UTF-8 where they are', () => {
    fc.assert(
      fc.property(nearlyText, (bytes) => {
        const name = nameFromBytes(bytes);
        expect(isUtf8Name(name)).toBe(isUtf8(bytes));
        if (isUtf8Name(name)) expect(name).toBe(UTF8.decode(bytes));
      }),
    );
  });

  it('differ when their bytes do', () => {
    const names = [[0xff], [0xfe], [0xef, 0xbf, 0xbd], [], [0xef, 0xbb, 0xbf], [0xc3], [0xc3, 0xa9]].map(
      (bytes) => nameFromBytes(Uint8Array.from(bytes)),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(['\udcff', '\udcfe', '\ufffd', '', '\ufeff', '\udcc3', 'é']);
  });

  it('have bytes of UTF-8 for what no bytes read as', () => {
    expect(bytesFromName('\ud800')).toEqual(Uint8Array.of(0xef, 0xbf, 0xbd));
    expect(bytesFromName('\ud800a\udcff')).toEqual(Uint8Array.of(0xef, 0xbf, 0xbd, 0x61, 0xff));
  });
});
