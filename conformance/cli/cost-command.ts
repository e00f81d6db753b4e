import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { CostLine } from '../hardware/cost/cost-record.js';
import { costText } from '../hardware/cost/cost-text.js';
import { runCost } from '../hardware/cost/run-cost.js';
import { packageOf } from '../run/header.js';
import { measuredMachine } from '../hardware/sweep/measured-machine.js';
import { parseSeries, type Series } from '../hardware/sweep/series.js';
import { EXIT } from '../run/exit-code.js';
import { parseCount, parseDuration } from './numbers.js';
import type { Output } from './output.js';
import { parseSeriesList } from './series-list.js';

interface CostOptions {
  readonly tensorrt?: string;
  readonly cudart?: string;
  readonly out: string;
  readonly plans?: string;
  readonly series: readonly Series[];
  readonly pairs: number;
  readonly runs: number;
  readonly time: number;
}

/** A small engine, where what the delegate does shows most, one that is usual, and a large one. */
const SERIES = ['2x64b1', '16x1024b1', '8x2048b512'].map((name) => parseSeries(name));

/** `trt-conformance cost`. */
export function costCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('cost')
    .description(
      'Time loads with and without the budget rules, and the delegate against TensorRT called directly.',
    )
    .option('--tensorrt <folder>', 'with the libnvinfer in it (default: the simulated TensorRT)')
    .option(
      '--cudart <file>',
      'the CUDA runtime beside it (default: WSB_CUDART_LIBRARY, or the one that is installed)',
      process.env['WSB_CUDART_LIBRARY'],
    )
    .option('--out <folder>', 'where cost.jsonl goes', 'conformance-report/cost')
    .option('--plans <folder>', 'where plans are kept and looked for (default: plans in the folder of --out)')
    .option('--series <names>', 'networks, such as 2x64b1,8x4096b1', parseSeriesList, SERIES)
    .option('--pairs <n>', 'interleaved rounds, each a pair of every comparison', parseCount, 40)
    .option('--runs <n>', 'runs in a row whose median is one time', parseCount, 5)
    .option('--time <duration>', 'begin nothing new after this', parseDuration, parseDuration('8m'))
    .action(async (options: CostOptions) => {
      end(await cost(root, options, output));
    });
}

async function cost(root: string, options: CostOptions, { out, err }: Output): Promise<number> {
  const machine = await measuredMachine(root, options.tensorrt ?? null, options.cudart ?? null);
  mkdirSync(options.out, { recursive: true });
  const file = join(options.out, 'cost.jsonl');
  writeFileSync(file, '');
  const started = performance.now();
  await runCost(
    {
      ...options,
      machine,
      rounds: options.pairs,
      withoutRules: join(root, 'native/build/mutants/no-budget-rules/libtensorrt_delegate.so'),
      folder: options.plans ?? join(options.out, 'plans'),
      isOver: () => performance.now() - started > options.time,
      write: (line) => {
        appendFileSync(file, `${JSON.stringify(line)}\n`);
      },
      progress: (series, done) => {
        if (done % 10 === 0) err.write(`cost: ${series}, ${done} of ${options.pairs} rounds\n`);
      },
    },
    packageOf(root).version,
  );
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as CostLine]));
  if (lines.every(({ record }) => record === 'header')) {
    out('Nothing was timed: give --time more, and --pairs at least 1.\n');
    return EXIT.doesNotConform;
  }
  out(`${costText(lines)}\nRecords: ${file}\n`);
  return EXIT.conforms;
}
