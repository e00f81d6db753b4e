import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { WrongImplementation } from '../catalogue/catalogue.js';
import { readFindings, type MutantRun } from './mutant-run.js';

const CASES = 20_000;
const DECISIONS = 50_000;

/**
 * Runs the suite on the mutant of a wrong implementation, and compares it with its rule where it
 * has one: each in a process of its own, because ExecuTorch holds one delegate a process. The
 * mutant is built when it is not; the report is left in `folder`.
 */
export async function runMutant(
  root: string,
  { name, rules }: WrongImplementation,
  folder: string,
): Promise<MutantRun> {
  const report = join(folder, name);
  const { exitCode } = await execa(
    process.execPath,
    [
      join(root, 'scripts/trt-conformance.mjs'),
      'run',
      ...['--subject', `native:${name}`, '--report', report, '--jobs', '1'],
      ...['--cases', String(CASES), '--decisions', String(DECISIONS)],
    ],
    { reject: false, stdin: 'ignore' },
  );
  const file = join(report, 'report.jsonl');
  const found = readFindings(existsSync(file) ? readFileSync(file, 'utf8') : '');
  return { exitCode, ...found, unlikeRule: rules === undefined ? 0 : await compare(name) };
}

async function compare(name: string): Promise<number | undefined> {
  const script = join(import.meta.dirname, 'compare-with-rule.js');
  const { exitCode, stdout } = await execa(process.execPath, [script, name], {
    reject: false,
    stdin: 'ignore',
  });
  return exitCode === 0 ? Number(stdout) : undefined;
}
