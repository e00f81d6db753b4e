import { join } from 'node:path';
import { execa } from 'execa';

/** How the readers in C++ are there: with libFuzzer and sanitizers, as they are, or not at all. */
export interface BuiltReaders {
  readonly kind: 'libFuzzer' | 'plain' | 'none';
  /** Why it is no more than that; empty for libFuzzer. */
  readonly reason: string;
}

/**
 * Builds the readers of native/fuzz that are stale: with libFuzzer where clang has it, else plain.
 */
export async function buildReaders(root: string): Promise<BuiltReaders> {
  const guided = await build(root, '--fuzzers');
  if (guided === null) return { kind: 'libFuzzer', reason: '' };
  const plain = await build(root, '--target', 'readers');
  if (plain === null) return { kind: 'plain', reason: guided };
  return { kind: 'none', reason: plain };
}

/** Why it cannot be built; null when it was. */
async function build(root: string, ...options: readonly string[]): Promise<string | null> {
  const args = [join(root, 'scripts/build.mjs'), '--native-only', ...options];
  const built = await execa(process.execPath, args, { cwd: root, reject: false, stdin: 'ignore', all: true });
  if (built.exitCode === 0) return null;
  const lines = built.all.split('\n').filter((line) => !line.startsWith('build:') && line.trim() !== '');
  return lines
    .slice(0, 2)
    .map((line) => line.trim())
    .join(' ');
}
