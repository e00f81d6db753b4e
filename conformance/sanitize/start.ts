import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { reportsAmong, reportsIn, type SanitizerReport } from './sanitizer-report.js';
import type { Sanitizer } from './sanitizer.js';

/** How a program ended that was watched, and what was found in all of its processes. */
export interface Watched {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  /** Both of its outputs, as they came. */
  readonly all: string;
  /** Those in its files of reports and in those of what it started. */
  readonly logged: readonly SanitizerReport[];
}

/** All that was reported of a program that is not a run of the suite, which tells of others. */
export function reportsOf({ logged, all }: Watched): readonly SanitizerReport[] {
  return [...logged, ...reportsAmong(all)];
}

/**
 * Runs a program with the options of a sanitizer for it and for all that it starts.
 *
 * @param folder where the reports are to lie, a new one
 * @param suppressions a file of what ThreadSanitizer is not to tell
 */
export async function watch(
  { env }: Sanitizer,
  folder: string,
  [program, ...args]: readonly [program: string, ...args: readonly string[]],
  cwd: string,
  suppressions?: string,
): Promise<Watched> {
  mkdirSync(folder, { recursive: true });
  const result = await execa(program, args, {
    cwd,
    env: env(folder, suppressions),
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  const { exitCode = null, all } = result;
  return { exitCode, all, logged: reportsIn(folder) };
}

/**
 * Builds targets of a preset of native/CMakePresets.json.
 *
 * @returns the exit code of `scripts/build.mjs`, which says itself what is wrong
 */
export async function buildPreset(root: string, preset: string, targets: readonly string[]): Promise<number> {
  const args = ['--preset', preset, ...targets.flatMap((target) => ['--target', target])];
  const { exitCode = 1 } = await execa(process.execPath, [join(root, 'scripts/build.mjs'), ...args], {
    cwd: root,
    reject: false,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return exitCode;
}
