import fc from 'fast-check';
import { decide, type DecisionOutcome } from '../../reference/decision/decide.js';
import { decodeDecisionOutcome } from '../decision/decode-decision.js';
import { encodeDecision } from '../decision/encode-decision.js';
import { ByteWriter } from '../protocol/byte-writer.js';
import type { DecideBlock } from '../volume/decision-volume.js';
import { decisionArbitrary } from './decision-arbitrary.js';

/**
 * The loop that a user of fast-check would write: one case drawn, handed to the delegate, held against the readable model. It
 * is what the volume figures are compared with. Throws when a case differs.
 *
 * @returns bytes of all decision records together
 */
export function naiveLoop(decideBlock: DecideBlock, cases: number, seed: number): number {
  const writer = new ByteWriter();
  let bytes = 0;
  fc.assert(
    fc.property(decisionArbitrary(), (subject) => {
      writer.clear();
      encodeDecision(writer, subject);
      bytes += writer.length;
      const observed = decodeDecisionOutcome(decideBlock(writer.view()), 0);
      return sameOutcome(observed, decide(subject));
    }),
    { numRuns: cases, seed },
  );
  return bytes;
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
