import { BLOCK_CASES } from '../bulk/flat/case-block.js';
import { BulkThreads } from '../bulk/bulk-threads.js';
import type { BulkJob } from '../bulk/bulk-job.js';
import type { InProcessSubject } from '../subjects/subject.js';
import { rate } from './set-up.js';

/** Decisions of the shortest run. */
export const SHORTEST_RUN = 100_000;
const BLOCKS_OF_A_JOB = 100;

/** How fast a run of so many decisions is. */
export interface RunOfSize {
  readonly decisions: number;
  readonly casesPerSecond: number;
}

/**
 * Runs decisions in one thread, ten times as many each time, from 10^5 to `most`: what a case costs
 * has to stay the same.
 *
 * @param most decisions of the longest run
 */
export async function flatCost(
  subject: InProcessSubject,
  root: string,
  seed: number,
  most: number,
): Promise<readonly RunOfSize[]> {
  const runs: RunOfSize[] = [];
  for (let decisions = SHORTEST_RUN; decisions <= most; decisions *= 10) {
    const thread = new BulkThreads(subject, { subject: 'native', root, version: 'bench', seed }, 1);
    // Its worker starts, and compiles its code.
    await thread.run(jobsOf(BLOCKS_OF_A_JOB));
    const blocks = Math.ceil(decisions / BLOCK_CASES);
    const casesPerSecond = await rate(blocks * BLOCK_CASES, () => thread.run(jobsOf(blocks)));
    runs.push({ decisions: blocks * BLOCK_CASES, casesPerSecond });
    await thread.close();
  }
  return runs;
}

function* jobsOf(blocks: number): Generator<BulkJob> {
  for (let first = 4; first < blocks + 4; first += BLOCKS_OF_A_JOB) {
    yield { kind: 'decision', first, count: Math.min(BLOCKS_OF_A_JOB, blocks + 4 - first) };
  }
}
