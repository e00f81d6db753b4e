import fc from 'fast-check';
import { decide, type DecisionCase, type DecisionOutcome } from '../../reference/rules/decide.js';
import { decodeDecisionOutcome } from '../wire/decode-decision.js';
import { encodeDecision } from '../wire/encode-decision.js';
import { ByteWriter } from '../wire/byte-writer.js';
import type { DecideBlock } from '../subjects/subject.js';
import { decisionArbitrary } from './decision-arbitrary.js';

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

/**
 * What the next version of that loop would do: the case crosses to the delegate as bytes, though
 * still one at a time.
 */
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

function sameOutcome(a: DecisionOutcome, b: DecisionOutcome): boolean {
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
