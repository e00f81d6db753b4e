import { Builder, type Offset } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import { ExhaustingProgramError, explainProgram } from '../../reference/index.js';
import { explanationText } from './explanation-text.js';

/** How often the parts of a program refer to one and the same part below them. */
interface Repeated {
  readonly methods: number;
  readonly delegates: number;
  readonly specs: number;
  readonly key: string;
  readonly values?: number;
}

/** A program of one method, one delegate and one compile spec, each of which is repeated. */
function repeating({ methods, delegates, specs, key, values = 1 }: Repeated): Uint8Array {
  const builder = new Builder(1024);
  const repeat = (offset: Offset, count: number): Offset => {
    builder.startVector(4, count, 4);
    for (let n = 0; n < count; n++) builder.addOffset(offset);
    return builder.endVector();
  };
  const table = (...fields: (Offset | null)[]): Offset => {
    builder.startObject(fields.length);
    fields.forEach((offset, slot) => {
      if (offset !== null) builder.addFieldOffset(slot, offset, 0);
    });
    return builder.endObject();
  };
  const longs = (): Offset => {
    builder.startVector(8, 1, 8);
    builder.addInt64(0n);
    return builder.endVector();
  };
  const none = (): Offset => repeat(0, 0);
  const spec = table(builder.createString(key), builder.createByteVector(Uint8Array.of(0x37)));
  const data = table();
  const delegate = table(builder.createString('TensorRTBackend'), data, repeat(spec, specs));
  const nothing = table();
  builder.startObject(2);
  builder.addFieldInt8(0, 1, 0);
  builder.addFieldOffset(1, nothing, 0);
  const value = builder.endObject();
  const plan = table(
    builder.createString('forward'),
    null,
    repeat(value, values),
    none(),
    none(),
    none(),
    null,
    repeat(delegate, delegates),
    longs(),
  );
  const inline = table(builder.createByteVector(Uint8Array.of(1)));
  const constants = table(null, longs());
  const root = table(null, repeat(plan, methods), null, repeat(inline, 1), none(), constants);
  builder.finish(root, 'ET12');
  return builder.asUint8Array().slice();
}

/** A name of many characters that take much room when they are shown. */
const LONG = '\u202e'.repeat(20_000);

describe('a file that refers to the same parts again and again', () => {
  it.each<[string, Repeated]>([
    ['compile specs', { methods: 1, delegates: 1, specs: 100_000, key: 'k' }],
    ['compile specs in delegates', { methods: 1, delegates: 900, specs: 900, key: 'k' }],
    ['delegates in methods', { methods: 400, delegates: 400, specs: 1, key: 'k' }],
    ['a long key', { methods: 1, delegates: 1, specs: 20_000, key: LONG }],
    ['a long key in delegates', { methods: 1, delegates: 100, specs: 100, key: LONG }],
    ['everything', { methods: 90, delegates: 90, specs: 90, key: LONG }],
    ['values in methods', { methods: 500, delegates: 1, specs: 1, key: 'k', values: 500 }],
  ])('is refused where it repeats %s', (_, repeated) => {
    expect(() => explainProgram(repeating(repeated), null)).toThrow(ExhaustingProgramError);
  });

  it.each<[string, Repeated]>([
    ['a few delegates', { methods: 2, delegates: 30, specs: 3, key: 'k' }],
    ['a few long keys', { methods: 1, delegates: 1, specs: 8, key: LONG }],
    [
      'as many compile specs as a small file may',
      { methods: 1, delegates: 1, specs: 990, key: 'k'.repeat(99) },
    ],
  ])('is explained where it repeats %s, in proportion to its size', (_, repeated) => {
    const file = repeating(repeated);
    const explanation = explainProgram(file, null);
    expect(explanation.kind).toBe('program');
    const text = explanationText('a.pte', file.length, explanation);
    expect(text.length).toBeLessThan(70_000 + 16 * file.length);
  });

  it('is cut in the text, with how much is left out', () => {
    const file = repeating({ methods: 1, delegates: 500, specs: 1, key: LONG.slice(0, 120) });
    const text = explanationText('a.pte', file.length, explainProgram(file, null));
    expect(text).toMatch(/\n… and [\d,]+ more lines: --json has all\n$/);
    expect(text.length).toBeLessThan(70_000 + 16 * file.length);
  });
});
