import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { quartilesOf } from '../hardware/cost/ratios.js';

const ROUNDS = 11;
const SMALL = 'golden/exporter/two_engines_budget_8192.pte';

/**
 * How long commands take from the start of their process to its end, each as a ratio to `node -e 0`
 * of the same round: one line a command.
 */
export async function startUpLines(root: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wsb-start-'));
  const few = ['--filter', 'WSB-PREC-01', '--cases', '0', '--decisions', '0', '--report', folder];
  const commands = {
    '--help': ['--help'],
    list: ['list'],
    'explain FILE.pte': ['explain', join(root, SMALL)],
    'run of a clause': ['run', ...few],
  };
  const ratios = new Map<string, number[]>(Object.keys(commands).map((name) => [name, []]));
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const bare = await milliseconds(['-e', '0']);
      for (const [name, args] of Object.entries(commands)) {
        const taken = await milliseconds([join(root, 'scripts/trt-conformance.mjs'), ...args]);
        ratios.get(name)?.push(taken / bare);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [...ratios].map(([name, each]) => {
    const { median, least, most } = quartilesOf(each);
    return `${name.padEnd(36)}${median.toFixed(1)} x node -e 0 (${least.toFixed(1)} to ${most.toFixed(1)})`;
  });
}

async function milliseconds(args: readonly string[]): Promise<number> {
  const started = performance.now();
  await execa(process.execPath, args);
  return performance.now() - started;
}
