import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nativeBuild } from '../native-home.js';
import { Child } from '../process/child.js';
import { reaperBelow } from '../process/launch.js';
import { inputsOf, keptCorpus, writeInput } from './corpus.js';
import type { FuzzFinding, FuzzTally } from './finding.js';
import { judgeInputs } from './judge-inputs.js';
import { MOST_INPUT_BYTES } from './mutate-bytes.js';
import { openNativeReader } from './native-reader.js';
import type { ReaderTarget } from './targets/reader-target.js';
import { shrinkInput } from './shrink-input.js';

/** How libFuzzer is run on a target. */
export interface LibFuzzerRun {
  readonly root: string;
  readonly target: ReaderTarget;
  readonly seed: number;
  readonly milliseconds: number;
  /** The user's corpus of the target; null for none. */
  readonly own: string | null;
  /** A folder that is given up afterwards; what is new goes to `new` in it. */
  readonly folder: string;
}

/** Seconds for an input, after which libFuzzer takes the reader to hang. */
const PATIENCE_SECONDS = 10;
/** Megabytes that a reader may take. */
const MOST_MEGABYTES = 2048;

/** The target built with libFuzzer; null where it was not. */
export function libFuzzerOf(root: string, target: ReaderTarget): string | null {
  const program = join(nativeBuild(root), 'fuzz/fuzz', `${target.name}_fuzz`);
  return target.hasTwin && existsSync(program) ? program : null;
}

/** Fuzzes the reader in C++, guided by the blocks of its code that run. */
export async function runLibFuzzer(program: string, run: LibFuzzerRun): Promise<FuzzTally> {
  const { root, target, seed, milliseconds, own, folder } = run;
  const fresh = newFolder(folder, 'new');
  const seeds = newFolder(folder, 'seeds');
  const broken = newFolder(folder, 'broken');
  for (const input of target.seeds()) writeInput(seeds, input);
  const folders = [keptCorpus(root, target.name), seeds, ...(own === null ? [] : [own])].filter(existsSync);
  const started = performance.now();
  const told = await ended(program, reaperBelow(root), [
    ...[fresh, ...folders],
    `-max_total_time=${Math.max(1, Math.round(milliseconds / 1000))}`,
    `-seed=${seed + 1}`,
    `-max_len=${MOST_INPUT_BYTES}`,
    `-timeout=${PATIENCE_SECONDS}`,
    `-rss_limit_mb=${MOST_MEGABYTES}`,
    `-artifact_prefix=${broken}/`,
    ...['-print_final_stats=1', '-verbosity=0'],
  ]);
  const executions = Number(/number_of_executed_units:\s*(\d+)/.exec(told)?.[1] ?? 0);
  const findings = await Promise.all(inputsOf(broken).map((input) => shrunk(run, input)));
  if (own !== null) await merge(program, run, own, fresh);
  return {
    target: target.name,
    how: 'libFuzzer',
    executions,
    milliseconds: performance.now() - started,
    fresh: readdirSync(fresh).length,
    notes: executions === 0 && findings.length === 0 ? [`libFuzzer did not run: ${told.slice(-300)}`] : [],
    findings,
  };
}

/** Adds those of the new inputs to the user's corpus that run new blocks. */
async function merge(program: string, { root }: LibFuzzerRun, own: string, fresh: string): Promise<void> {
  mkdirSync(own, { recursive: true });
  await ended(program, reaperBelow(root), ['-merge=1', '-verbosity=0', own, fresh]);
}

/** An input that ends the reader in C++, as small as it gets. */
async function shrunk({ root, target }: LibFuzzerRun, input: Uint8Array): Promise<FuzzFinding> {
  const native = openNativeReader(root, target.name);
  try {
    const readers = { target, native };
    const [before] = await judgeInputs(readers, [input]);
    const what = before ?? 'the reader in C++ breaks under libFuzzer alone';
    if (before === null) return { target: target.name, what, input };
    const smaller = await shrinkInput(
      input,
      async (one) => (await judgeInputs(readers, [one]))[0] === before,
    );
    return { target: target.name, what, input: smaller };
  } finally {
    await native?.close();
  }
}

/** Runs a program to its end; gives the end of what it said on standard error. */
function ended(program: string, reaper: string | null, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = new Child(
      { program, args, reaper },
      {
        output: () => undefined,
        silent: () => undefined,
        ended: ({ failure }) => {
          resolve(failure ?? child.stderr());
        },
      },
    );
    child.closeInput();
  });
}

function newFolder(folder: string, name: string): string {
  const made = join(folder, name);
  mkdirSync(made, { recursive: true });
  return made;
}
