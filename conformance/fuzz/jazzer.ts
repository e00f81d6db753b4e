import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { LibFuzzer } from './libfuzzer.js';

/** The package that guides readers in TypeScript by libFuzzer; nothing of ours depends on it. */
export const JAZZER = '@jazzer.js/core';

/** What it is given, as compiled. */
const TARGET_FILE = fileURLToPath(new URL('./jazzer-target.js', import.meta.url));

/** Where the command of {@link JAZZER} is, or why it cannot be used. */
export type FoundJazzer = { readonly command: string } | { readonly reason: string };

/**
 * Looks for {@link JAZZER} in the project of the user and beside the suite, and whether it runs
 * here: its native part asks for a recent C library.
 */
export async function findJazzer(root: string): Promise<FoundJazzer> {
  const command = [process.cwd(), root].map(commandBelow).find((found) => found !== null) ?? null;
  if (command === null) {
    return { reason: `${JAZZER} is not installed (npm install --save-dev ${JAZZER})` };
  }
  const tried = await execa(process.execPath, [command, '--help'], {
    reject: false,
    stdin: 'ignore',
    cwd: root,
  });
  if (tried.exitCode === 0) return { command };
  const why = /Error: (.*)/.exec(tried.stderr)?.[1] ?? `it ends with exit code ${tried.exitCode}`;
  return { reason: `${JAZZER} does not run here: ${why}` };
}

function commandBelow(folder: string): string | null {
  try {
    const description = createRequire(join(folder, 'package.json')).resolve(`${JAZZER}/package.json`);
    return join(dirname(description), 'dist/cli.js');
  } catch {
    return null;
  }
}

/** The reader of a target in TypeScript under {@link JAZZER}. */
export function jazzerOf(root: string, command: string, target: string): LibFuzzer {
  const instrumented = ['--includes', join(root, 'dist/'), '--excludes', '/conformance/fuzz/'];
  return {
    how: 'TypeScript, guided by libFuzzer',
    program: process.execPath,
    args: [command, TARGET_FILE, '--sync', ...instrumented],
    separator: ['--'],
    env: { TRT_FUZZ_TARGET: target },
  };
}
