import fc, { type Arbitrary } from 'fast-check';
import { decide, type DecisionCase, type DecisionOutcome } from '../../reference/rules/decide.js';
import { decodeDecisionOutcome } from '../wire/decode-decision.js';
import { encodeDecision } from '../wire/encode-decision.js';
import { ByteWriter } from '../wire/byte-writer.js';
import type { DecideBlock, RunRequests } from '../subjects/subject.js';
import { isDeepStrictEqual } from 'node:util';
import { caseArbitrary, textArbitrary } from '../generators/case-arbitrary.js';
import { loadRequests } from '../generators/load-requests.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodeRequest } from '../wire/encode-request.js';
import type { Oracle } from '../oracle/oracle.js';
import { textBytes } from '../generators/case-request.js';

/** How a naive loop hands one case to the delegate. */
export type DecideOne = (decisionCase: DecisionCase) => DecisionOutcome;

/**
 * The loop that a user of fast-check would write first: one case drawn, handed to the delegate as
 * an object, its answer held against the readable model by hand. It is what the figures of bulk are
 * compared with. Throws when a case differs.
 */
export function naiveLoop(decideOne: DecideOne, cases: number, seed: number): void {
  fc.assert(
    fc.property(decisionArbitrary(), (drawn) => sameOutcome(decideOne(drawn), decide(drawn))),
    { numRuns: cases, seed },
  );
}

/** The next version of that loop: the case crosses as bytes, though still one at a time. */
export function flatOne(decideBlock: DecideBlock): DecideOne {
  const writer = new ByteWriter();
  return (decisionCase) => {
    writer.clear();
    encodeDecision(writer, decisionCase);
    return decodeDecisionOutcome(decideBlock(writer.view()), 0);
  };
}

/** Mean bytes of the decision records of the cases that {@link naiveLoop} draws. */
export function naiveBytes(cases: number, seed: number): number {
  const writer = new ByteWriter();
  for (const drawn of fc.sample(decisionArbitrary(), { numRuns: cases, seed })) encodeDecision(writer, drawn);
  return writer.length / cases;
}

/** Whether two outcomes are the same, field by field. */
export function sameOutcome(a: DecisionOutcome, b: DecisionOutcome): boolean {
  return (
    a.rejected === b.rejected &&
    a.engines.length === b.engines.length &&
    a.engines.every((engine, n) => {
      const other = b.engines[n];
      return (
        engine.source === other?.source &&
        engine.warned === other.warned &&
        engine.automaticRead === other.automaticRead &&
        engine.sets.length === other.sets.length &&
        engine.sets.every((set, m) => set.budget === other.sets[m]?.budget && set.ok === other.sets[m].ok)
      );
    })
  );
}

/**
 * The same loop at program depth: one program drawn, written, loaded by the runtime, and its
 * outcome held against the readable model. Throws when an outcome differs.
 */
export function naiveProgramLoop(run: RunRequests, oracle: Oracle, cases: number, seed: number): void {
  const writer = new ByteWriter();
  fc.assert(
    fc.property(caseArbitrary(), (generated) => {
      const [request] = loadRequests([generated]);
      if (request === undefined) return false;
      writer.clear();
      encodeRequest(writer, request);
      return isDeepStrictEqual(decodeOutcome(run(writer.view())), oracle(request));
    }),
    { numRuns: cases, seed },
  );
}

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
