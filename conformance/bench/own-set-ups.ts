import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BulkBlock } from '../bulk/bulk-block.js';
import type { BulkJob, BulkReport } from '../bulk/bulk-job.js';
import { BulkThreads } from '../bulk/bulk-threads.js';
import { nativeBuild } from '../native-home.js';
import type { NativeAddon } from '../subjects/native-addon.js';
import { openSubject } from '../subjects/open-subject.js';
import { type DecideOne, flatOne, naiveLoop, naiveProgramLoop } from './naive-loop.js';
import { processSetups } from './process-setups.js';
import { rate, type SetUp } from './set-up.js';

const BLOCK = 256;
const JOBS = 20;
const NAIVE_CASES = 4_000;
const NAIVE_PROGRAMS = 500;
const READY_BATCHES = 40;
/** Blocks of the first number hold small cases. */
const BEHIND_SMALL = 4;

/** Our own set-ups, and what is open for them. */
export interface OwnSetUps {
  readonly setUps: readonly SetUp[];
  readonly close: () => Promise<void>;
}

/** What runs jobs: threads of this process, or another one. */
interface Runner {
  run(jobs: readonly BulkJob[], onReport: (report: BulkReport) => void): Promise<unknown>;
}

/**
 * The suite as it runs cases, from the loop that a user of fast-check writes first to two threads
 * and processes.
 *
 * @param scratch a folder for what is compiled
 * @throws Error when the native subject is not built.
 */
export async function ownSetUps(root: string, seed: number, scratch: string): Promise<OwnSetUps> {
  const { subject, oracle } = await openSubject('native', root, 'bench');
  if (subject.kind === 'out-of-process' || subject.decide === null)
    throw new Error('The native subject has no decision depth; run npm run build.');
  const { decide: decideBlock, run: runRequests } = subject;
  // The subject has opened it; its call with objects is there for the naive loop alone.
  const addon = createRequire(import.meta.url)(join(nativeBuild(root), 'conformance.node')) as NativeAddon;
  const start = { subject: 'native', root, version: 'bench', seed };
  const [one, two] = [new BulkThreads(subject, start, 1), new BulkThreads(subject, start, 2)];
  const processes = await processSetups(root, seed, scratch);
  const ready = readyPrograms(seed);

  const naive = (decideOne: DecideOne) => (round: number) =>
    rate(NAIVE_CASES, () => {
      naiveLoop(decideOne, NAIVE_CASES, seed + round);
    });
  const bulk = (name: string, depth: SetUp['depth'], runner: Runner, count: number, conforms = true) => ({
    name,
    depth,
    measure: (round: number) => blocks(runner, depth, round, count, conforms),
  });
  return {
    setUps: [
      {
        name: 'decisions: naive fast-check loop',
        depth: 'decision',
        measure: naive((drawn) => addon.decideCase(drawn)),
      },
      {
        name: 'decisions: the same, case as bytes',
        depth: 'decision',
        measure: naive(flatOne(decideBlock)),
      },
      bulk('decisions, one thread', 'decision', one, 2_000),
      bulk('decisions, two threads', 'decision', two, 4_000),
      {
        name: 'programs: naive fast-check loop',
        depth: 'program',
        measure: (round) =>
          rate(NAIVE_PROGRAMS, () => {
            naiveProgramLoop(runRequests, oracle, NAIVE_PROGRAMS, seed + round);
          }),
      },
      {
        name: 'programs: the runtime, ready bytes',
        depth: 'program',
        measure: () =>
          rate(READY_BATCHES * BLOCK, () => {
            for (const batch of ready) runRequests(batch);
          }),
      },
      bulk('programs, one thread', 'program', one, 400),
      bulk('programs, two threads', 'program', two, 800),
      ...processes.map(({ name, depth, bulk: runner, conforms }) =>
        bulk(name, depth, runner, depth === 'program' || name.includes('JSON') ? 120 : 1_000, conforms),
      ),
    ],
    close: async () => {
      await Promise.all([one, two, ...processes].map((each) => each.close()));
    },
  };
}

/** Batches of requests as the bulk path makes them, so that only the runtime is left to measure. */
function readyPrograms(seed: number): readonly Uint8Array[] {
  const memory = new BulkBlock();
  return Array.from({ length: READY_BATCHES }, (_, n) => {
    const block = memory.fill('program', seed + n, BEHIND_SMALL + n);
    const { bytes, count } = memory.batch('program', block, 0);
    if (count !== BLOCK) throw new Error(`A batch took ${count} programs of a block of ${BLOCK}.`);
    return bytes.slice();
  });
}

async function blocks(
  runner: Runner,
  kind: SetUp['depth'],
  round: number,
  count: number,
  conforms: boolean,
): Promise<number> {
  const chunk = count / JOBS;
  const jobs = Array.from({ length: JOBS }, (_, n): BulkJob => ({
    kind,
    first: round * count + n * chunk + BEHIND_SMALL,
    count: chunk,
  }));
  return rate(count * BLOCK, async () => {
    let failed = 0;
    await runner.run(jobs, (report) => (failed += report.failed));
    if (failed > 0 && conforms)
      throw new Error(
        `${failed} cases differed from the reference at ${kind} depth; run npm run conformance.`,
      );
  });
}
