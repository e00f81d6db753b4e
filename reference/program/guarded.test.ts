import { describe, expect, it } from 'vitest';
import { guarded } from './guarded.js';
import { MemorySource } from '../source/byte-source.js';
import { GuardedBuffer } from './guarded-buffer.js';
import { ProgramBytes } from './program-bytes.js';

describe('guarded', () => {
  it('makes a fault of a read beyond the file, and of nothing else', () => {
    const buffer = new GuardedBuffer(
      ProgramBytes.of(new MemorySource(new Uint8Array(4)), new Uint8Array(4), 'unknown'),
      'unknown',
    );
    expect(guarded(() => ({ ok: true, value: buffer.readInt32(0) }))).toEqual({ ok: true, value: 0 });
    for (const read of [
      () => buffer.readInt32(1),
      () => buffer.readUint16(3),
      () => buffer.readUint8(4),
      () => buffer.readUint8(-1),
      () => buffer.readInt64(0),
    ]) {
      expect(guarded(() => ({ ok: true, value: read() }))).toMatchObject({ fault: { code: 'crash-hazard' } });
    }
    expect(() =>
      guarded(() => {
        throw new Error('a mistake');
      }),
    ).toThrow('a mistake');
  });
});
