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

/** A target that was made for libFuzzer, and how it is started. */
export interface LibFuzzer {
  /** How its inputs are made, for the table. */
  readonly how: string;
  readonly program: string;
  /** What stands before the folders of inputs, and before the options of libFuzzer. */
  readonly args: readonly string[];
  readonly separator: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

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

/** The reader in C++ built with libFuzzer; null where it was not. */
export function libFuzzerOf(root: string, target: ReaderTarget): LibFuzzer | null {
  const program = join(nativeBuild(root), 'fuzz/fuzz', `${target.name}_fuzz`);
  if (target.twin === 'none' || !existsSync(program)) return null;
  return { how: 'C++, guided by libFuzzer', program, args: [], separator: [], env: {} };
}

/** Fuzzes a reader, guided by the blocks of its code that run. */
export async function runLibFuzzer(fuzzer: LibFuzzer, run: LibFuzzerRun): Promise<FuzzTally> {
  const { root, target, own, folder } = run;
  const fresh = madeFolder(folder, 'new');
  const seeds = madeFolder(folder, 'seeds');
  const broken = madeFolder(folder, `broken-${fuzzer.separator.length}`);
  for (const input of target.seeds()) writeInput(seeds, input);
  const folders = [keptCorpus(root, target.name), seeds, ...(own === null ? [] : [own])].filter(existsSync);
  const before = readdirSync(fresh).length;
  const started = performance.now();
  const told = await ended(root, fuzzer, [fresh, ...folders], optionsOf(run, broken));
  const executions = Number(/number_of_executed_units:\s*(\d+)/.exec(told)?.[1] ?? 0);
  const findings = await Promise.all(inputsOf(broken).map((input) => shrunk(run, input)));
  if (own !== null) {
    mkdirSync(own, { recursive: true });
    await ended(root, fuzzer, [own, fresh], ['-merge=1', '-verbosity=0']);
  }
  return {
    target: target.name,
    how: fuzzer.how,
    executions,
    milliseconds: performance.now() - started,
    fresh: readdirSync(fresh).length - before,
    notes:
      executions === 0 && findings.length === 0 ? [`it did not run: ${told.trim().slice(-MOST_TOLD)}`] : [],
    findings,
  };
}

/** Characters of what a fuzzer says that did not run. */
const MOST_TOLD = 300;

function optionsOf({ milliseconds, seed }: LibFuzzerRun, broken: string): string[] {
  return [
    `-max_total_time=${Math.max(1, Math.round(milliseconds / 1000))}`,
    `-seed=${seed + 1}`,
    `-max_len=${MOST_INPUT_BYTES}`,
    `-timeout=${PATIENCE_SECONDS}`,
    `-rss_limit_mb=${MOST_MEGABYTES}`,
    `-artifact_prefix=${broken}/`,
    ...['-print_final_stats=1', '-verbosity=0'],
  ];
}

/** An input that a reader errs on, as small as it gets. */
async function shrunk({ root, target }: LibFuzzerRun, input: Uint8Array): Promise<FuzzFinding> {
  const native = openNativeReader(root, target.name);
  try {
    const readers = { target, native };
    const [before] = await judgeInputs(readers, [input]);
    const what = before ?? 'the reader breaks under libFuzzer alone';
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

/** Runs a fuzzer to its end; gives the end of what it said on standard error. */
function ended(
  root: string,
  { program, args, separator, env }: LibFuzzer,
  folders: readonly string[],
  options: readonly string[],
): Promise<string> {
  const words = [...args, ...folders, ...separator, ...options];
  return new Promise((resolve) => {
    const child = new Child(
      { program, args: words, reaper: reaperBelow(root), env },
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

function madeFolder(folder: string, name: string): string {
  const made = join(folder, name);
  mkdirSync(made, { recursive: true });
  return made;
}
