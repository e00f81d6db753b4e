import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type DecisionCase } from '../../../reference/rules/decide.js';
import { nameFromBytes } from '../../../reference/text/name-bytes.js';
import { dimensionCases } from '../../generators/dimensions/dimensions.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { decodeDecision, decodeDecisionOutcome } from '../../wire/decode-decision.js';
import { encodeDecision } from '../../wire/encode-decision.js';
import { type Memory, memoryOf, newMemory } from '../../wire/memory.js';
import { WireError } from '../../wire/wire-error.js';
import { FlatModel } from './flat-model.js';

const KEY = Buffer.from('weight_streaming_budget');
const model = new FlatModel('decision');
const out = newMemory(1 << 12);

/** What each model makes of the same bytes: the outcome, or that the record is malformed. */
function both(record: Memory): readonly [readable: unknown, flat: unknown] {
  return [
    refused(() => decide(decodeDecision(record.bytes, 0))),
    refused(() => {
      model.decideForeign(record, record.bytes.length, out);
      return decodeDecisionOutcome(out.bytes, 0);
    }),
  ];
}

function refused(answer: () => unknown): unknown {
  try {
    return answer();
  } catch (error) {
    if (error instanceof WireError) return error.message;
    throw error;
  }
}

function encoded(subject: DecisionCase): Uint8Array {
  const writer = new ByteWriter(1 << 10);
  encodeDecision(writer, subject);
  return writer.take();
}

/** Bytes that are often a part of a budget or of its key. */
const byte = fc.oneof(fc.integer({ min: 0x30, max: 0x39 }), fc.integer({ min: 0, max: 255 }));
const value = (maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.array(byte, { maxLength, size: 'max' }).map((list) => Uint8Array.from(list));
const key = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.constant(KEY),
      value(maxLength - KEY.length).map((tail) => Buffer.concat([KEY, tail])),
      value(maxLength - KEY.length - 1).map((tail) => Buffer.concat([KEY, Buffer.of(0), tail])),
      value(maxLength),
    )
    .map((bytes) => nameFromBytes(bytes));
const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -2n, max: 9999n }),
);
const decision: fc.Arbitrary<DecisionCase> = fc.record({
  options: fc.array(
    fc.record({
      key: key(63),
      value: fc.oneof(
        fc.record({ type: fc.constant('bool' as const), value: fc.boolean() }),
        fc.record({ type: fc.constant('int' as const), value: fc.integer() }),
        fc.record({ type: fc.constant('array' as const), bytes: value(256) }),
      ),
    }),
    { maxLength: 15 },
  ),
  engines: fc.array(
    fc.record({
      streamable: int64,
      automatic: int64,
      setAnswers: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      specs: fc.array(fc.record({ key: key(255), value: value(300) }), { maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 64, size: 'small' },
  ),
});

describe('the flat and the readable model', () => {
  it('agree on every case of the dimensions', () => {
    for (const make of dimensionCases()) {
      const [readable, flat] = both(memoryOf(encoded(make())));
      expect(flat).toEqual(readable);
    }
  }, 120_000);

  it('agree on arbitrary records', () => {
    fc.assert(
      fc.property(decision, (subject) => {
        const [readable, flat] = both(memoryOf(encoded(subject)));
        expect(flat).toEqual(readable);
        expect(typeof readable).toBe('object');
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  it('refuse the same malformed records, for the same reason', () => {
    let malformed = 0;
    fc.assert(
      fc.property(
        decision.map(encoded),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(3),
        (record, at, written, cut) => {
          const bytes = record.slice(0, record.length - cut);
          bytes[at % Math.max(1, bytes.length)] = written;
          const [readable, flat] = both(memoryOf(bytes));
          expect(flat).toEqual(readable);
          if (typeof readable === 'string') malformed++;
        },
      ),
      { numRuns: 300, seed: 13 },
    );
    expect(malformed).toBeGreaterThan(150);
  });
});
