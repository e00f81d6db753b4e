import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CostLine } from '../hardware/cost/cost-record.js';
import { costText } from '../hardware/cost/ratios.js';
import { runCost } from '../hardware/cost/run-cost.js';
import { parseSeries, type Series } from '../hardware/sweep/series.js';
import { exitCodeOf } from '../run/conclusion.js';
import { packageOf } from '../run/header.js';
import { parseCount, parseSeriesList } from './arguments.js';
import { beginMeasuring, measuringCommand, type MeasuringOptions } from './measuring-command.js';
import type { Output } from './output.js';
import { lineList, together, visible, visibleLines } from '../model/visible-text.js';

interface CostOptions extends MeasuringOptions {
  readonly series: readonly Series[];
  readonly pairs: number;
  readonly runs: number;
}

/** A small engine, where what the delegate does shows most, one that is usual, and a large one. */
const SERIES = ['2x64b1', '16x1024b1', '8x2048b512'].map((name) => parseSeries(name));

/** `trt-conformance cost`. */
export function costCommand(root: string, output: Output, end: (code: number) => void): Command {
  return measuringCommand('cost')
    .description(
      'Time loads with and without the budget rules, and the delegate against TensorRT called directly.',
    )
    .option('--series <names>', 'networks, such as 2x64b1,8x4096b1', parseSeriesList, SERIES)
    .option('--pairs <n>', 'interleaved rounds, each a pair of every comparison', parseCount, 40)
    .option('--runs <n>', 'runs in a row whose median is one time', parseCount, 5)
    .action(async (options: CostOptions) => {
      end(await cost(root, options, output));
    });
}

async function cost(root: string, options: CostOptions, { out, err }: Output): Promise<number> {
  const measuring = await beginMeasuring(root, 'cost', options);
  await runCost(
    {
      ...options,
      ...measuring,
      rounds: options.pairs,
      withoutRules: join(root, 'native/build/mutants/no-budget-rules/libtensorrt_delegate.so'),
      progress: (series, done) => {
        if (done % 10 === 0)
          err.write(lineList([visible`cost: ${series}, ${done} of ${options.pairs} rounds`]));
      },
    },
    packageOf(root).version,
  );
  const lines = readFileSync(measuring.file, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as CostLine]));
  const hasTimes = lines.some(({ record }) => record !== 'header');
  out(
    hasTimes
      ? together(visibleLines(`${costText(lines)}\n`), lineList([visible`Records: ${measuring.file}`]))
      : lineList([visible`Nothing was measured: increase --time, and give --pairs at least 1.`]),
  );
  return exitCodeOf(hasTimes);
}
