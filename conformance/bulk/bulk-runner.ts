import { allCapabilities } from '../protocol/capabilities.js';
import type { InProcessSubject } from '../subjects/subject.js';
import { BlockSeeds } from '../generators/block-seeds.js';
import { BulkBlock } from './bulk-block.js';
import { type BulkJob, type BulkReport, depthOf, KEPT_MISMATCHES } from './bulk-job.js';
import { differingAnswers } from './differing-answers.js';
import { recordAt } from './flat/case-block.js';
import { MismatchTally } from './mismatch-tally.js';

const ALL = allCapabilities();

/**
 * Carries out jobs of generated cases in this thread. One seed gives the same cases in every
 * thread.
 */
export class BulkRunner {
  readonly #subject: Pick<InProcessSubject, 'run' | 'decide'>;
  readonly #seeds: BlockSeeds;
  readonly #block = new BulkBlock();

  constructor(subject: Pick<InProcessSubject, 'run' | 'decide'>, seed: number) {
    this.#subject = subject;
    this.#seeds = new BlockSeeds(seed);
  }

  /** Runs every block of the job. Throws for decision depth when the subject has none. */
  run({ kind, first, count }: BulkJob): BulkReport {
    const answer = depthOf(kind) === 'program' ? this.#subject.run : this.#subject.decide;
    if (answer === null) throw new Error('The subject has no decision depth; run it with --depth program.');
    let cases = 0;
    const tally = new MismatchTally(KEPT_MISMATCHES);
    for (let number = first; number < first + count; number++) {
      const block = this.#block.fill(kind, this.#seeds.at(number), number);
      for (let at = 0; at < block.count;) {
        const batch = this.#block.batch(kind, block, at);
        const expected = this.#block.expected(kind, block, at, batch.count);
        const answers = { kind: 'all', bytes: answer(batch.bytes) } as const;
        const differing = differingAnswers(depthOf(kind), expected, answers, ALL);
        for (const each of differing) {
          tally.add(depthOf(kind), { block: number, record: recordAt(block, at + each.index) }, each);
        }
        at += batch.count;
      }
      cases += block.count;
    }
    return { cases, ...tally.report() };
  }
}
