import { describe, expect, it } from 'vitest';
import { encodeBlob } from '../blob/encode-blob.js';
import { ByteRange } from '../source/byte-range.js';
import type { ByteSource } from '../source/byte-source.js';
import { ProgramBytes } from './program-bytes.js';
import type { ProgramSpec } from './program-spec.js';
import { readProgram } from './read-program.js';
import { ExhaustingProgramError } from './reading-work.js';
import type { Surroundings } from './surroundings.js';
import { writeProgram } from './write-program.js';

const PROGRAM_SIZE_AT = 16;

const data = encodeBlob({ engine: Uint8Array.of(1, 2, 3) });
const SPEC: ProgramSpec = {
  methods: [
    {
      name: 'forward',
      delegates: [
        {
          backend: 'TensorRTBackend',
          placement: 'segment',
          data,
          compileSpecs: [{ key: 'a key', value: Uint8Array.of(49) }],
        },
        { backend: 'TensorRTBackend', placement: 'inline', data, compileSpecs: [] },
      ],
    },
  ],
};

/** A source that says what is read of it, and gives copies, as a file does. */
class File implements ByteSource {
  readonly size: number;
  readonly reads: (readonly [at: number, size: number])[] = [];

  constructor(private readonly bytes: Uint8Array) {
    this.size = bytes.length;
  }

  read(at: number, size: number): Uint8Array {
    if (at < 0 || at + size > this.size) throw new RangeError(`reads ${size} bytes at ${at}`);
    this.reads.push([at, size]);
    return this.bytes.slice(at, at + size);
  }
}

/** All that was read of a program, with the data of its delegates. */
function told(file: Uint8Array | ByteSource, surroundings: Surroundings): unknown {
  const read = readProgram(file, 'minimal', surroundings);
  if (!read.ok) return read.fault;
  const replacer = (_: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value);
    if (value instanceof ProgramBytes) return value.size;
    return value instanceof ByteRange ? [value.at, value.size, ...value.read()] : value;
  };
  return JSON.parse(JSON.stringify(read.program, replacer));
}

/** Bytes with an endless row of the letter a behind them. */
function paddedLetters(bytes: Uint8Array, at: number, size: number): Uint8Array {
  const read = new Uint8Array(size).fill(0x61);
  read.set(bytes.subarray(at, at + size));
  return read;
}

/** The program with a header that says the flatbuffer has so many bytes. */
function withProgramSize(size: number): Uint8Array {
  const program = writeProgram(SPEC);
  new DataView(program.buffer).setBigUint64(PROGRAM_SIZE_AT, BigInt(size), true);
  return program;
}

describe('a program that is read from a file', () => {
  it('is the same, and its data is not read', () => {
    const bytes = writeProgram(SPEC);
    const file = new File(bytes);
    expect(readProgram(file).ok).toBe(true);
    expect(file.reads).toEqual([
      [0, 64],
      [0, Number(new DataView(bytes.buffer).getBigUint64(PROGRAM_SIZE_AT, true))],
    ]);
    for (const surroundings of ['unknown', 'zeros'] as const) {
      expect(told(new File(bytes), surroundings)).toEqual(told(bytes, surroundings));
    }
  });

  it.each([0, 8, 64, 65, 100, 200, 300, 400])(
    'is the same when its flatbuffer is said to end at %i',
    (size) => {
      const bytes = withProgramSize(size);
      for (const surroundings of ['unknown', 'zeros'] as const) {
        expect(told(new File(bytes), surroundings)).toEqual(told(bytes, surroundings));
      }
    },
  );

  it('is the same wherever it is damaged', () => {
    const original = withProgramSize(100);
    for (let at = 0; at < original.length; at += 7) {
      const bytes = original.slice();
      bytes[at] = 0xff;
      expect([at, told(new File(bytes), 'zeros')]).toEqual([at, told(bytes, 'zeros')]);
    }
  });

  it('ends where a text behind its flatbuffer has no end', () => {
    const bytes = withProgramSize(100);
    bytes.fill(0x61, new TextDecoder('latin1').decode(bytes).indexOf('forward'));
    const endless: ByteSource = {
      size: 2 ** 40,
      read: (at, size) => paddedLetters(bytes, at, size),
    };
    expect(() => readProgram(endless, 'minimal')).toThrow(ExhaustingProgramError);
  });
});
