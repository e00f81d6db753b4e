import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.js';
import { decodePlan, isScriptedPlan } from './decode-plan.js';
import { composePlan, encodePlan } from './encode-plan.js';
import { MOST_PLAN_BYTES } from './layout.js';
import { NO_PAGING } from './paging.js';
import { scriptedPlan, type Plan, type PlanBinding } from './plan.js';
import { readPlan } from './read-plan.js';
import { rangeOf } from '../source/byte-range.js';

const int64 = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const binding: fc.Arbitrary<PlanBinding> = fc
  .record({
    name,
    mode: fc.constantFrom('input', 'output'),
    dtype: fc.nat(255),
    shape: fc.array(int64, { maxLength: 8 }),
    shapeInference: fc.boolean(),
    bounded: fc.boolean(),
    aliases: fc.option(name),
  })
  .map(({ bounded, ...rest }) => ({
    ...rest,
    profile: bounded ? { min: rest.shape, max: rest.shape } : null,
  }));
const plan: fc.Arbitrary<Plan> = fc
  .record({
    kind: fc.constantFrom('scripted', 'modelled'),
    deserializes: fc.boolean(),
    createsContext: fc.boolean(),
    enqueues: fc.boolean(),
    setAnswers: fc.array(fc.boolean(), { maxLength: 32 }),
    setDefault: fc.boolean(),
    streamable: int64,
    automatic: int64,
    scratch: int64,
    activations: int64,
    bindings: fc.array(binding, { maxLength: 4 }),
    paging: fc.record({
      granuleBits: fc.integer({ min: 1, max: 30 }),
      context: fc.nat(255),
      contextHeadroom: fc.nat(255),
      weightsHeadroom: fc.nat(255),
      loadHeadroom: fc.nat(255),
    }),
    paged: fc.boolean(),
    updates: fc.boolean(),
  })
  .map(({ paging, paged, updates, ...rest }) => ({
    ...rest,
    ...(paged && rest.kind === 'modelled' ? { paging } : {}),
    ...(updates ? { updatesInPlace: true as const } : {}),
  }));

const input: PlanBinding = {
  name: 'x',
  mode: 'input',
  dtype: 0,
  shape: [2n],
  shapeInference: false,
  profile: null,
  aliases: null,
};

/** A plan with some bytes replaced, and its size and checksum put right. */
function edited(original: Uint8Array, edits: Record<number, number>): Uint8Array {
  const bytes = original.slice();
  for (const [at, byte] of Object.entries(edits)) bytes[Number(at)] = byte;
  new DataView(bytes.buffer).setUint32(16, crc32(bytes, 20), true);
  return bytes;
}

describe('a scripted plan', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(plan, (original) => {
        expect(decodePlan(encodePlan(original))).toEqual({ ok: true, plan: original });
      }),
    );
  });

  it('has a magic that tells it from other plans', () => {
    expect(isScriptedPlan(encodePlan(scriptedPlan()))).toBe(true);
    expect(isScriptedPlan(new Uint8Array(64))).toBe(false);
  });

  it('is no plan any more when one bit of it changes', () => {
    const bytes = encodePlan(scriptedPlan({ bindings: [input] }));
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = bytes.slice();
        changed[bit >> 3] = Number(changed[bit >> 3]) ^ (1 << (bit & 7));
        // The kind and the flags are not covered by the checksum, but their range is.
        const decoded = decodePlan(changed);
        expect(decoded.ok && bit >> 3 !== 10 && bit >> 3 !== 11).toBe(false);
      }),
    );
  });

  it.each<[string, Record<number, number>, RegExp]>([
    ['version', { 8: 2 }, /version 2/],
    ['kind 0', { 10: 0 }, /kind 0/],
    ['kind 3', { 10: 3 }, /kind 3/],
    ['flag', { 11: 32 }, /flag/],
    ['set count', { 20: 33 }, /33 set answers/],
    ['answer behind the list', { 20: 1, 24: 2 }, /more sets than it lists/],
    ['default', { 21: 2 }, /default/],
    ['binding count', { 22: 65 }, /65 bindings/],
    ['granules in a scripted plan', { 23: 1 }, /scripted/],
    ['headroom in a scripted plan', { 28: 1 }, /scripted/],
    ['granules of 2^31 bytes', { 10: 2, 23: 31 }, /2\^31/],
    ['binding mode', { 64: 3 }, /mode 3/],
    ['binding rank', { 66: 9 }, /rank 9/],
    ['binding flag', { 67: 4 }, /flag/],
    ['empty name', { 68: 0 }, /name of 0/],
    ['long name', { 68: 1, 69: 4 }, /name of 1025/],
    ['long alias', { 70: 1, 71: 4 }, /alias of 1025/],
    ['name beyond the end', { 68: 9 }, /cut off/],
    ['binding beyond the end', { 22: 2 }, /binding 1: it is cut off/],
    ['bytes left over', { 22: 0 }, /left over/],
    ['name that is not UTF-8', { 80: 0xff }, /UTF-8/],
  ])('is refused for its %s', (_, edits, fault) => {
    const bytes = encodePlan(scriptedPlan({ bindings: [input] }));
    const decoded = decodePlan(edited(bytes, edits));
    expect(decoded.ok ? '' : decoded.fault).toMatch(fault);
  });

  it('has weights of any size behind it, which are not read', () => {
    const plan = scriptedPlan({ bindings: [input] });
    for (const weights of [0, 1, 2 ** 31, 2 ** 32, 6 * 2 ** 30]) {
      const source = composePlan(plan, weights);
      expect(source.size - weights).toBe(encodePlan(plan).length + 8);
      const head = source.read(0, Math.min(source.size, MOST_PLAN_BYTES));
      expect(decodePlan(head, source.size)).toEqual({ ok: true, plan });
      for (const size of [source.size + 1, source.size - 1]) {
        const other = decodePlan(head, size);
        const isCut = size < source.size && weights === 0;
        expect(other.ok ? '' : other.fault).toMatch(isCut ? /but has/ : /weights follow/);
      }
    }
    expect(readPlan(rangeOf(composePlan(plan, 2 ** 40)))).toEqual({ ok: true, plan });
    expect(readPlan(rangeOf(new Uint8Array(9)))).toBeNull();
  });

  it('is refused for its length, magic, size and checksum', () => {
    const bytes = encodePlan(scriptedPlan());
    const fault = (changed: Uint8Array): string => {
      const decoded = decodePlan(changed);
      return decoded.ok ? '' : decoded.fault;
    };
    expect(fault(bytes.subarray(0, 63))).toMatch(/at least 64/);
    expect(fault(edited(bytes, { 0: 0 }))).toMatch(/magic/);
    expect(fault(edited(bytes, { 12: 65 }))).toMatch(/65 bytes, but has 64/);
    // More than any plan has is not read.
    const large = decodePlan(edited(bytes, { 12: 0, 15: 64 }), 2 ** 30);
    expect(large.ok ? '' : large.fault).toMatch(/more than any plan/);
    expect(fault(bytes.map((byte, at) => (at === 16 ? byte ^ 1 : byte)))).toMatch(/checksum/);
  });

  it.each<[string, Partial<Plan>]>([
    ['33 set answers', { setAnswers: new Array<boolean>(33).fill(true) }],
    ['65 bindings', { bindings: new Array<PlanBinding>(65).fill(input) }],
    ['a binding without a name', { bindings: [{ ...input, name: '' }] }],
    ['a name of 1025 bytes', { bindings: [{ ...input, name: 'x'.repeat(1025) }] }],
    ['an alias of 1025 bytes', { bindings: [{ ...input, aliases: 'x'.repeat(1025) }] }],
    ['an empty alias', { bindings: [{ ...input, aliases: '' }] }],
    ['a rank of 9', { bindings: [{ ...input, shape: new Array<bigint>(9).fill(1n) }] }],
    ['a minimum of another rank', { bindings: [{ ...input, profile: { min: [], max: [1n] } }] }],
    ['a maximum of another rank', { bindings: [{ ...input, profile: { min: [1n], max: [] } }] }],
    ['paging of a scripted plan', { paging: NO_PAGING }],
    ['granules of 2^31 bytes', { kind: 'modelled', paging: { ...NO_PAGING, granuleBits: 31 } }],
    ['256 granules', { kind: 'modelled', paging: { ...NO_PAGING, context: 256 } }],
    ['2^63 streamable bytes', { streamable: 2n ** 63n }],
  ])('cannot be written with %s', (_, overrides) => {
    expect(() => encodePlan(scriptedPlan(overrides))).toThrow(RangeError);
  });
});

describe('crc32', () => {
  it('is the checksum of zlib', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new TextEncoder().encode('xx123456789'), 2)).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });
});
