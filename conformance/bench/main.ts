import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { CaseBlock } from '../bulk/flat/case-block.js';
import type { NativeAddon } from '../subjects/native-addon.js';
import { openSubject } from '../subjects/open-subject.js';
import type { BulkJob, BulkReport } from '../bulk/bulk-job.js';
import type { Depth } from '../model/depth.js';
import { BulkThreads } from '../bulk/bulk-threads.js';
import { processSetups } from './process-setups.js';
import { quartilesOf } from '../hardware/cost/ratios.js';
import { startUpLines } from './start-up.js';
import { type DecideOne, flatOne, naiveBytes, naiveLoop, naiveProgramLoop } from './naive-loop.js';

/*
 * npm run bench: how fast cases run in bulk, as ratios to a naive fast-check loop over the same
 * native code. All rounds of all set-ups are interleaved in one run, because the machine is never
 * alone; read the ratios, not the figures.
 */

const ROUNDS = 7;
const SEED = 20_261_122;
const BLOCK = 256;
const NAIVE_CASES = 4_000;
const NAIVE_PROGRAMS = 500;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { subject, oracle } = await openSubject('native', root, 'bench');
if (subject.kind === 'out-of-process' || subject.decide === null)
  throw new Error('The native subject has no decision depth; run npm run build.');
const { decide: decideBlock, run: runRequests } = subject;

// The subject has opened it; its call with objects is there for the naive loop alone.
const addon = createRequire(import.meta.url)(join(root, 'native/build/conformance.node')) as NativeAddon;

const one = new BulkThreads(subject, { subject: 'native', root, version: 'bench', seed: SEED }, 1);
const scratch = mkdtempSync(join(tmpdir(), 'wsb-bench-'));
const processes = await processSetups(root, SEED, scratch);
const two = new BulkThreads(subject, { subject: 'native', root, version: 'bench', seed: SEED }, 2);

/** Cases a second of one round; every round has its own cases. */
type Measure = (round: number) => Promise<number>;

const SETUPS: readonly (readonly [name: string, measure: Measure])[] = [
  ['decisions: naive fast-check loop', (round) => naive((drawn) => addon.decideCase(drawn), round)],
  ['decisions: the same, case as bytes', (round) => naive(flatOne(decideBlock), round)],
  ['decisions, one thread', (round) => blocks(one, 'decision', round, 2_000)],
  ['decisions, two threads', (round) => blocks(two, 'decision', round, 4_000)],
  ['programs: naive fast-check loop', naivePrograms],
  ['programs, one thread', (round) => blocks(one, 'program', round, 400)],
  ['programs, two threads', (round) => blocks(two, 'program', round, 800)],
  ...processes.map(({ name, depth, bulk: runner, conforms }): readonly [string, Measure] => [
    name,
    (round) =>
      blocks(runner, depth, round, depth === 'program' || name.includes('JSON') ? 120 : 1_000, conforms),
  ]),
];

async function naive(decideOne: DecideOne, round: number): Promise<number> {
  return rate(NAIVE_CASES, () => {
    naiveLoop(decideOne, NAIVE_CASES, SEED + round);
    return Promise.resolve();
  });
}

async function naivePrograms(round: number): Promise<number> {
  return rate(NAIVE_PROGRAMS, () => {
    naiveProgramLoop(runRequests, oracle, NAIVE_PROGRAMS, SEED + round);
    return Promise.resolve();
  });
}

/** What runs jobs: threads of this process, or another one. */
interface Runner {
  run(jobs: readonly BulkJob[], onReport: (report: BulkReport) => void): Promise<unknown>;
}

async function blocks(
  runner: Runner,
  depth: Depth,
  round: number,
  count: number,
  conforms = true,
): Promise<number> {
  const chunk = count / 20;
  const jobs = Array.from({ length: 20 }, (_, n): BulkJob => ({
    kind: depth,
    first: round * count + n * chunk + 4,
    count: chunk,
  }));
  return rate(count * BLOCK, async () => {
    let failed = 0;
    await runner.run(jobs, (report) => (failed += report.failed));
    if (failed > 0 && conforms)
      throw new Error(
        `${failed} cases differed from the reference at ${depth} depth; run npm run conformance.`,
      );
  });
}

async function rate(cases: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (cases * 1000) / (performance.now() - started);
}

const figures = new Map<string, number[]>(SETUPS.map(([name]) => [name, []]));
for (let round = -1; round < ROUNDS; round++) {
  for (const [name, measure] of SETUPS) {
    const figure = await measure(round + 1);
    // The first round warms up: it compiles code and starts the workers.
    if (round >= 0) figures.get(name)?.push(figure);
  }
}
await Promise.all([two, ...processes].map((each) => each.close()));
rmSync(scratch, { recursive: true });
print();
for (const threads of [1, 2]) {
  const peak = whole(await peakMemory(threads));
  console.log(`Ten million decisions take ${peak} MB at most, with ${threads} of --jobs.`);
}
console.log(`\nFrom the start of a process to its end, median of interleaved rounds (least to most).`);
for (const told of await startUpLines(root)) console.log(told);

function print(): void {
  console.log(
    `Median of ${ROUNDS} interleaved rounds (least to most), and the ratio to the naive loop of the same depth.\n`,
  );
  for (const [name] of SETUPS) console.log(line(name));
  console.log(
    `\nBytes of a decision: naive ${whole(naiveBytes(NAIVE_CASES, SEED))}, flat ${whole(flatBytes())}.`,
  );
  console.log(`Two threads against one: decisions ${scaling('decisions')}, programs ${scaling('programs')}.`);
}

function line(name: string): string {
  const { median, least, most } = quartilesOf(figures.get(name) ?? []);
  const naiveName = `${name.split(/[:,]/)[0] ?? ''}: naive fast-check loop`;
  const ratio = median / quartilesOf(figures.get(naiveName) ?? []).median;
  return [
    name.padEnd(36),
    `${whole(median)} cases/s`.padStart(18),
    `(${whole(least)} to ${whole(most)})`.padStart(26),
    `${ratio.toFixed(1)} x`.padStart(10),
  ].join('');
}

/** Mean bytes of the records of a thousand generated blocks. */
function flatBytes(): number {
  const block = new CaseBlock();
  let bytes = 0;
  let cases = 0;
  for (let number = 0; number < 1_000; number++) {
    block.fill(SEED + number, number + 4);
    bytes += block.end;
    cases += block.count;
  }
  return bytes / cases;
}

/** How much more two threads do than one, each round with itself. */
function scaling(depth: string): string {
  const [one = [], two = []] = ['one thread', 'two threads'].map(
    (threads) => figures.get(`${depth}, ${threads}`) ?? [],
  );
  return quartilesOf(two.map((figure, n) => figure / (one[n] ?? Number.NaN))).median.toFixed(2);
}

function whole(figure: number): string {
  return Math.round(figure).toLocaleString('en-US');
}

/** The most memory of a process that runs ten million decisions in so many threads, in MB. */
async function peakMemory(threads: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'wsb-bench-'));
  try {
    const file = fileURLToPath(new URL('./peak-memory.js', import.meta.url));
    const { stderr } = await execa(process.execPath, [file, '--jobs', String(threads), '--report', folder]);
    return (Number(/^peak (\d+)$/m.exec(stderr)?.[1]) * 1024) / 1e6;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
