import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { writeInput } from './corpus.js';
import type { FuzzTally } from './finding.js';
import { inThread } from './fuzz-thread.js';
import type { ProgramWork } from './fuzz-work.js';
import { jazzerOf } from './jazzer.js';
import { libFuzzerOf, runLibFuzzer } from './libfuzzer.js';
import { inTemporaryFolder } from './temporary-folder.js';
import { READER_TARGETS, readerTarget } from './targets/reader-targets.js';

/** The target whose inputs are whole programs, given to a subject and to the reference. */
export const PROGRAM_TARGET = 'program';

/** The names of all targets, in the order of the help. */
export const TARGET_NAMES: readonly string[] = [...READER_TARGETS.map(({ name }) => name), PROGRAM_TARGET];

/** Is told what came of a target. */
export type Tell = (tally: FuzzTally) => void;

/** What is fuzzed, and for how long. */
export interface FuzzPlan extends Pick<ProgramWork, 'root' | 'version' | 'subject' | 'options'> {
  /** Each once, of {@link TARGET_NAMES}. */
  readonly targets: readonly string[];
  /** Of all targets together. */
  readonly milliseconds: number;
  readonly seed: number;
  /** Targets at a time. */
  readonly jobs: number;
  /** Whether the readers in C++ take part, where they were built. */
  readonly native: boolean;
  /** The command of Jazzer.js; null where there is none. */
  readonly jazzer: string | null;
  /** The user's corpus; null for none. */
  readonly corpus: string | null;
}

/**
 * Fuzzes each target for its part of the time, and tells what came of it as it ends.
 *
 * @throws SubjectError when programs are to be fuzzed, and the subject cannot be opened for that
 */
export async function runFuzz(plan: FuzzPlan, tell: Tell): Promise<void> {
  const { targets, jobs } = plan;
  if (targets.includes(PROGRAM_TARGET)) await (await import('./fuzz-programs.js')).tryProgramSubject(plan);
  // Where there are more threads than targets, several begin with other seeds.
  const rounds = Math.max(1, Math.floor(jobs / targets.length));
  const units = Array.from({ length: rounds }, (_, round) =>
    targets.map((target) => ({ target, round })),
  ).flat();
  const milliseconds = (plan.milliseconds * Math.min(jobs, units.length)) / units.length;
  const limit = pLimit(jobs);
  await inTemporaryFolder(async (folder) => {
    const fuzzed = units.map(({ target, round }) =>
      limit(async () => {
        const own = join(folder, `${target}-${round}`);
        mkdirSync(own);
        const part = { ...plan, milliseconds, seed: plan.seed + round * SEED_STEP };
        if (target === PROGRAM_TARGET) await fuzzProgramTarget(part, tell);
        else await fuzzReaderTarget(part, target, own, tell);
      }),
    );
    await Promise.all(fuzzed);
  });
}

/** Of the time of a target that libFuzzer gets, which then sorts out what it found. */
const LIBFUZZER_SHARE = 0.5;
/** Milliseconds of a reader at least. */
const LEAST = 1000;
/** Between the seeds of two threads: no shard of a user comes to it. */
const SEED_STEP = 1_000_003;

async function fuzzProgramTarget(plan: FuzzPlan, tell: Tell): Promise<void> {
  const folders = plan.corpus === null ? [] : [join(plan.corpus, PROGRAM_TARGET)];
  const { root, seed, milliseconds, subject, options, version } = plan;
  const work = { root, seed, milliseconds, subject, options, version, folders };
  tell((await inThread({ kind: 'program', ...work })).tally);
}

/** What libFuzzer comes to first is then read by both readers. */
async function fuzzReaderTarget(plan: FuzzPlan, name: string, folder: string, tell: Tell): Promise<void> {
  const { root, seed, milliseconds, corpus, native, jazzer } = plan;
  const target = readerTarget(name);
  const own = corpus === null ? null : join(corpus, name);
  const started = performance.now();
  const fuzzers = [
    ...[native ? libFuzzerOf(root, target) : null].filter((fuzzer) => fuzzer !== null),
    ...(jazzer === null ? [] : [jazzerOf(root, jazzer, name)]),
  ];
  for (const fuzzer of fuzzers) {
    const part = (milliseconds * LIBFUZZER_SHARE) / fuzzers.length;
    tell(await runLibFuzzer(fuzzer, { root, target, seed, milliseconds: part, own, folder }));
  }
  const left = Math.max(LEAST, milliseconds - (performance.now() - started));
  const folders = [join(folder, 'new'), ...(own === null ? [] : [own])];
  const work = { kind: 'reader', root, target: name, seed, milliseconds: left, folders, native } as const;
  const { tally, kept } = await inThread(work);
  if (own !== null) for (const input of kept) writeInput(own, input);
  tell(tally);
}
