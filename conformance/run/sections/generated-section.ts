import type { GeneratedCase } from '../../generators/generated-case.js';
import { loadRequests } from '../../generators/load-requests.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { Verdict } from '../../model/verdict.js';
import type { Subject } from '../../subjects/subject.js';
import { blockAllowance, toldFaults } from '../blocks/block-allowance.js';
import type { BlockRunner } from '../blocks/block-runner.js';
import { inOrder } from '../blocks/in-order.js';
import type { SectionOf } from '../plan/section.js';
import { changedVerdict, countVerdicts, notRun, type SectionSteps } from './section-steps.js';
import type { Notes } from './notes.js';

/** What the generated cases of a run are run with. */
export interface GeneratedTools {
  readonly subject: Subject;
  readonly blocks: BlockRunner;
  readonly notes: Notes;
  /** How many processes of the subject work side by side. */
  readonly processes: number;
}

/** A block of a section, and its number. */
type Numbered = readonly [block: readonly GeneratedCase[], number: number];

/** Runs generated cases, block by block; rejects with SubjectError when the subject breaks. */
export async function runGeneratedSection(
  section: SectionOf<'generated'>,
  steps: SectionSteps,
  { subject, blocks, notes, processes }: GeneratedTools,
): Promise<void> {
  const start = async ([block, number]: Numbered, place: number): Promise<readonly Mismatch[]> => {
    const failed = new Map<number, Mismatch>();
    const onLate = (mismatch: Mismatch): void => {
      steps.later(number, async () => {
        const verdict = await notes.generated(block, mismatch);
        const before = failed.get(mismatch.at);
        const was = before === undefined ? 'pass' : notes.generatedVerdict(before);
        return { cases: 0, verdicts: changedVerdict(was, verdict) };
      });
    };
    const options = { onLate, worker: place % processes, allowance: blockAllowance(subject) };
    const mismatches = await blocks.run(loadRequests(block), options);
    for (const mismatch of mismatches) failed.set(mismatch.at, mismatch);
    return mismatches;
  };
  for await (const [[block, number], , mismatches] of inOrder(blocksLeft(section, steps), processes, start)) {
    await steps.take(number, async () => {
      // Another process may have run the block before the last fault that is put up with counted.
      if (steps.isGivenUp) {
        const unsupported = mismatches.filter(({ incident }) => incident?.kind === 'unsupported').length;
        return { cases: block.length, verdicts: notRun(block.length, unsupported) };
      }
      const verdicts: Verdict[] = [];
      for (const mismatch of mismatches) verdicts.push(await notes.generated(block, mismatch));
      return { cases: block.length, verdicts: countVerdicts(verdicts), ...toldFaults(mismatches) };
    });
  }
}

/** The blocks that this run has to take, as far as it gets; those that were begun are ended. */
function* blocksLeft(section: SectionOf<'generated'>, steps: SectionSteps): Generator<Numbered> {
  let number = 0;
  for (const block of section.blocks({ isMade: (at) => steps.isLeft(at) })) {
    if (steps.isOver) return;
    if (steps.isLeft(number)) yield [block, number];
    number++;
  }
}
