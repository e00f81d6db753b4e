import fc, { type Arbitrary } from 'fast-check';
import type { DecisionCase } from '../../reference/rules/decide.js';
import { textArbitrary } from '../generators/case-arbitrary.js';
import { textBytes } from '../generators/case-request.js';

/**
 * A decision case as a user of fast-check would describe it: plain records and arrays over the
 * budget texts of the domain, about as large as the flat generator's cases (the bench prints both
 * sizes).
 */
export function decisionArbitrary(): Arbitrary<DecisionCase> {
  const key = fc.oneof(
    { arbitrary: fc.constant('weight_streaming_budget'), weight: 6 },
    fc.constant('other'),
  );
  const text = textArbitrary().map((generated) => textBytes(generated).slice(0, 256));
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
        specs: fc.array(fc.record({ key, value: text }), { maxLength: 1 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });
}
