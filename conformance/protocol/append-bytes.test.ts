import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendBytes } from './append-bytes.js';

const piece = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));

describe('appendBytes', () => {
  it('puts pieces behind one another, whatever is taken off in between', () => {
    const step = fc.record({ more: piece, taken: fc.nat(30) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let bytes: Buffer = Buffer.alloc(0);
        let expected: Buffer = Buffer.alloc(0);
        for (const { more, taken } of steps) {
          bytes = appendBytes(bytes, more);
          expected = Buffer.concat([expected, more]);
          expect(bytes.equals(expected)).toBe(true);
          bytes = bytes.subarray(taken);
          expected = expected.subarray(taken);
        }
      }),
    );
  });

  it('leaves what was handed out as it was', () => {
    fc.assert(
      fc.property(piece, fc.array(piece, { minLength: 2, maxLength: 20 }), (first, pieces) => {
        const grown = pieces.reduce<Buffer>((bytes, more) => appendBytes(bytes, more), first);
        const before = Buffer.from(grown);
        const [one, other] = pieces.map((more) => appendBytes(grown, more));
        expect(one?.equals(Buffer.concat([before, pieces[0] ?? before]))).toBe(true);
        expect(other?.equals(Buffer.concat([before, pieces[1] ?? before]))).toBe(true);
        expect(grown.equals(before)).toBe(true);
      }),
    );
  });

  it('copies each byte a few times at most', () => {
    const chunk = Buffer.alloc(1 << 10, 'x');
    const places = new Set<ArrayBufferLike>();
    let bytes: Buffer = Buffer.alloc(0);
    for (let n = 0; n < 1 << 10; n++) {
      bytes = appendBytes(bytes, chunk);
      places.add(bytes.buffer);
    }
    expect(bytes.length).toBe(1 << 20);
    expect(places.size).toBeLessThanOrEqual(12);
  });
});
