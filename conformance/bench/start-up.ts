import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const ROUNDS = 11;
const SMALL = 'golden/exporter/two_engines_budget_8192.pte';

/** How long a command takes from the start of its process to its end. */
export interface StartUp {
  readonly command: string;
  /** A ratio to `node -e 0` of the same round, for each round. */
  readonly ratios: readonly number[];
}

/** Measures commands that are used often. */
export async function startUps(root: string): Promise<readonly StartUp[]> {
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
  return [...ratios].map(([command, each]) => ({ command, ratios: each }));
}

async function milliseconds(args: readonly string[]): Promise<number> {
  const started = performance.now();
  await execa(process.execPath, args);
  return performance.now() - started;
}
