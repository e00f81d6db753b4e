import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { MutantRun } from './mutant-result.js';
import { readMutantRun } from './read-mutant-run.js';

const CASES = 20_000;
const DECISIONS = 50_000;

/**
 * Runs the suite on a mutant, in a process of its own because ExecuTorch holds one delegate a process. The mutant is built when it is
 * not; the report is left in `folder`.
 */
export async function runMutant(root: string, name: string, folder: string): Promise<MutantRun> {
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
  return readMutantRun(exitCode, existsSync(file) ? readFileSync(file, 'utf8') : '');
}
