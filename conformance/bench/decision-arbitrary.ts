import fc, { type Arbitrary } from 'fast-check';
import type { DecisionCase } from '../../reference/decision/decide.js';

/** A decision case as a plain fast-check user would describe it, about as large as the flat generator's cases. */
export function decisionArbitrary(): Arbitrary<DecisionCase> {
  const key = fc.oneof(
    { arbitrary: fc.constant('weight_streaming_budget'), weight: 6 },
    fc.constant('other'),
  );
  const text = fc.oneof(
    fc.integer({ min: 0, max: 4096 }).map(asciiOf),
    fc
      .constantFrom('', '0', '+5', '-0', ' 5', '5 ', '9223372036854775807', '9223372036854775808')
      .map(asciiOf),
    fc.uint8Array({ maxLength: 12 }),
  );
  const value = fc.oneof(
    fc.record({ type: fc.constant('bool' as const), value: fc.boolean() }),
    fc.record({ type: fc.constant('int' as const), value: fc.integer() }),
    { arbitrary: fc.record({ type: fc.constant('array' as const), bytes: text }), weight: 4 },
  );
  const size = fc.bigInt({ min: -2n, max: 4096n });
  return fc.record({
    options: fc.array(fc.record({ key, value }), { maxLength: 2 }),
    engines: fc.array(
      fc.record({
        streamable: size,
        automatic: size,
        setAnswers: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        specs: fc.array(fc.record({ key, value: text }), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });
}

function asciiOf(value: number | string): Uint8Array {
  return new TextEncoder().encode(String(value));
}
