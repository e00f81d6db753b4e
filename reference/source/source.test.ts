import { describe, expect, it } from 'vitest';
import { ByteRange, rangeOf } from './byte-range.js';
import { MemorySource } from './byte-source.js';
import { inARow, paddedTo, SparseSource } from './sparse-source.js';

const bytes = Uint8Array.of(1, 2, 3, 4, 5);

describe('a range', () => {
  it('is read from any place on, as far as it goes', () => {
    const range = new ByteRange(new MemorySource(bytes), 1, 3);
    expect(range.read()).toEqual(Uint8Array.of(2, 3, 4));
    expect(range.read(1)).toEqual(Uint8Array.of(3, 4));
    expect(range.read(2, 9)).toEqual(Uint8Array.of(4));
    expect(range.read(4, 1)).toEqual(new Uint8Array(0));
  });

  it('has parts, as far as it goes', () => {
    const part = rangeOf(bytes).part(1, 3);
    expect([part.at, part.size, ...part.part(1, 9).read()]).toEqual([1, 3, 3, 4]);
    expect(part.part(7, 1).size).toBe(0);
  });

  it('of bytes is not a copy', () => {
    expect(rangeOf(bytes).read().buffer).toBe(bytes.buffer);
    const source = new MemorySource(bytes);
    expect(rangeOf(source).source).toBe(source);
  });
});

describe('a sparse source', () => {
  const large = new SparseSource(2 ** 40, [
    { at: 2, source: new MemorySource(bytes) },
    { at: 2 ** 32 + 1, source: paddedTo(8, bytes) },
  ]);

  it('has zeros where it has no pieces, at any offset', () => {
    expect(large.read(0, 9)).toEqual(Uint8Array.of(0, 0, 1, 2, 3, 4, 5, 0, 0));
    expect(large.read(4, 2)).toEqual(Uint8Array.of(3, 4));
    expect(large.read(2 ** 32, 4)).toEqual(Uint8Array.of(0, 1, 2, 3));
    expect(large.read(2 ** 32 + 4, 9)).toEqual(Uint8Array.of(4, 5, 0, 0, 0, 0, 0, 0, 0));
    expect(large.read(2 ** 40 - 1, 1)).toEqual(Uint8Array.of(0));
  });

  it('can have its pieces in a row', () => {
    const row = inARow([paddedTo(3, bytes.subarray(0, 1)), new MemorySource(bytes)], 5, 4);
    expect(row.map(({ at }) => at)).toEqual([8, 12]);
  });
});
