import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_LEAKS, type Outcome } from '../../reference/index.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { WireError } from '../wire/wire-error.js';
import { isSound } from './is-sound.js';

const OUTCOME: Outcome = {
  program: { kind: 'ok' },
  steps: [
    { kind: 'ok', warned: true },
    { kind: 'rejected', phase: 'load', error: 'InvalidProgram', warned: false },
    { kind: 'ok', warned: false, value: { type: 'string', bytes: Uint8Array.of(0x35) } },
    { kind: 'ok', warned: false, value: { type: 'bool', value: true } },
    { kind: 'ok', warned: true, value: { type: 'int', value: -5 } },
  ],
  engines: [
    {
      step: 0,
      source: 'option',
      applied: 5n,
      calls: [
        { call: 'deserializeCudaEngine', ok: true },
        { call: 'setWeightStreamingBudgetV2', budget: 5n, ok: true },
      ],
    },
    { step: 1, source: null, applied: null, calls: [] },
  ],
  leaks: NO_LEAKS,
  violations: ['null-argument'],
};
const RECORD = encodedOutcome(OUTCOME);

function isDecoded(record: Uint8Array): boolean {
  try {
    decodeOutcome(record);
    return true;
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}

describe('isSound', () => {
  it('takes just the outcomes that can be decoded, whatever byte is another one', () => {
    let sound = 0;
    for (let at = 4; at < RECORD.length; at++) {
      for (let byte = 0; byte < 256; byte++) {
        const record = RECORD.with(at, byte);
        const isTaken = isSound('program', record, 0, record.length);
        expect(isTaken).toBe(isDecoded(record));
        if (isTaken) sound++;
      }
    }
    expect(sound).toBeGreaterThan(RECORD.length);
  });

  it('takes just the outcomes that can be decoded, whatever bytes they are', () => {
    const bodies = fc.oneof(
      fc.uint8Array({ minLength: 16, maxLength: 60 }),
      fc.array(fc.nat(4), { minLength: 16, maxLength: 60 }).map((bytes) => Uint8Array.from(bytes)),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const record = Uint8Array.from([4 + body.length, 0, 0, 0, ...body]);
        expect(isSound('program', record, 0, record.length)).toBe(isDecoded(record));
      }),
      { numRuns: 5_000, seed: 1 },
    );
  });

  it('looks at its own record alone', () => {
    const bytes = Buffer.concat([RECORD, RECORD.with(4, 9), RECORD]);
    const ends = [1, 2, 3].map((n) => n * RECORD.length);
    expect(ends.map((end) => isSound('program', bytes, end - RECORD.length, end))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it.each([
    ['an accepted engine', [], true],
    ['a rejected one', [[0, 0x23]], true],
    ['an error that there is not', [[0, 0xee]], false],
    ['no engine', [[1, 0]], false],
    ['65 engines', [[1, 65]], false],
    ['the last source', [[2, 3]], true],
    ['a source that there is not', [[2, 4]], false],
    ['all flags', [[3, 3]], true],
    ['a flag that there is not', [[3, 4]], false],
  ] as const)('of decisions: %s', (_, changes, sound) => {
    const record = new Uint8Array(26);
    record[1] = 1;
    for (const [at, byte] of changes) record[at] = byte;
    const whole = record[1] === 65 ? Buffer.concat([record, new Uint8Array(64 * 24)]) : record;
    const length = record[1] === 0 ? 2 : whole.length;
    expect(isSound('decision', whole, 0, length)).toBe(sound);
  });
});
