import type { GeneratedCase } from '../../generators/generated-case.js';
import { loadRequests } from '../../generators/load-requests.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { Verdict } from '../../model/verdict.js';
import type { BlockRunner } from '../blocks/block-runner.js';
import { inOrder } from '../blocks/in-order.js';
import type { SectionOf } from '../plan/section.js';
import { changedVerdict, countVerdicts, type SectionSteps } from './section-steps.js';
import type { FindingNotes } from './finding-notes.js';

/** What the generated cases of a run are run with. */
export interface GeneratedTools {
  readonly blocks: BlockRunner;
  readonly notes: FindingNotes;
  /** How many processes of the subject work side by side. */
  readonly processes: number;
}

/** Runs generated cases, block by block; rejects with SubjectError when the subject breaks. */
export async function runGeneratedSection(
  section: SectionOf<'generated'>,
  steps: SectionSteps,
  { blocks, notes, processes }: GeneratedTools,
): Promise<void> {
  const start = async (block: readonly GeneratedCase[], number: number): Promise<readonly Mismatch[]> => {
    if (steps.has(number)) return [];
    const failed = new Map<number, Mismatch>();
    const onLate = (mismatch: Mismatch): void => {
      steps.later(async () => {
        const verdict = await notes.generated(block, mismatch);
        const before = failed.get(mismatch.at);
        const was = before === undefined ? 'pass' : notes.generatedVerdict(before);
        return { cases: 0, verdicts: changedVerdict(was, verdict) };
      });
    };
    const mismatches = await blocks.run(loadRequests(block), { onLate, worker: number % processes });
    for (const mismatch of mismatches) failed.set(mismatch.at, mismatch);
    return mismatches;
  };
  for await (const [block, number, mismatches] of inOrder(
    untilOver(section.blocks(), steps),
    processes,
    start,
  )) {
    await steps.take(number, async () => {
      const verdicts: Verdict[] = [];
      for (const mismatch of mismatches) verdicts.push(await notes.generated(block, mismatch));
      return { cases: block.length, verdicts: countVerdicts(verdicts) };
    });
  }
}

/** The blocks of which a run gets to the beginning; those that were begun are ended. */
function* untilOver(
  blocks: Iterable<readonly GeneratedCase[]>,
  steps: SectionSteps,
): Generator<readonly GeneratedCase[]> {
  for (const block of blocks) {
    if (steps.isOver) return;
    yield block;
  }
}
