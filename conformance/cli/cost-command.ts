import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { replaceFile } from '../files/replace-file.js';
import { readCost } from '../hardware/cost/cost-file.js';
import { COMPARISONS, timedFor } from '../hardware/cost/cost-record.js';
import { costChartSpec } from '../hardware/cost/cost-chart.js';
import { costText } from '../hardware/cost/ratios.js';
import { runCost } from '../hardware/cost/run-cost.js';
import { renderChart } from '../chart/render-chart.js';
import { parseSeries, seriesName, type Series } from '../hardware/sweep/series.js';
import { exitCodeOf } from '../run/conclusion.js';
import { packageOf } from '../package-of.js';
import { parseCount, parseSeriesList } from './arguments.js';
import { beginMeasuring, measuringCommand, type MeasuringOptions } from './measuring-command.js';
import type { Output } from './output.js';
import { lineList, together, visible, visibleLines } from '../model/visible-text.js';
import { nativeBuild } from '../native-home.js';

interface CostOptions extends MeasuringOptions {
  readonly series: readonly Series[];
  readonly pairs: number;
  readonly runs: number;
  readonly compare: (typeof COMPARISONS)[number];
  readonly chart?: string;
}

/** A small engine, where what the delegate does shows most, one that is usual, and a large one. */
const SERIES = ['2x64b1', '16x1024b1', '8x2048b512'].map((name) => parseSeries(name));

/** `trt-conformance cost`. */
export function costCommand(root: string, output: Output, end: (code: number) => void): Command {
  return measuringCommand('cost')
    .option('--series <names>', 'networks, such as 2x64b1,8x4096b1', parseSeriesList, SERIES)
    .option('--pairs <n>', 'interleaved rounds, each a pair of every comparison', parseCount, 40)
    .option('--runs <n>', 'runs in a row whose median is one time', parseCount, 5)
    .addOption(
      new Option('--compare <what>', 'everything, or the delegate with TensorRT called directly alone')
        .choices(COMPARISONS)
        .default('all'),
    )
    .option(
      '--chart <file>',
      'measure nothing: draw the first series of --series in that cost.jsonl as cost.svg beside it',
    )
    .action(async (options: CostOptions) => {
      end(
        options.chart === undefined
          ? await cost(root, options, output)
          : await drawCost(options.chart, options.series, output),
      );
    });
}

async function cost(root: string, options: CostOptions, { out, err }: Output): Promise<number> {
  const measuring = await beginMeasuring(root, 'cost', options);
  await runCost(
    {
      ...options,
      ...measuring,
      timed: timedFor(options.compare),
      rounds: options.pairs,
      withoutRules: join(nativeBuild(root), 'mutants/no-budget-rules/libtensorrt_delegate.so'),
      progress: (series, done) => {
        if (done % 10 === 0)
          err.write(lineList([visible`cost: ${series}, ${done} of ${options.pairs} rounds`]));
      },
    },
    packageOf(root).version,
  );
  const lines = readCost(measuring.file);
  const hasTimes = lines.some(({ record }) => record === 'time');
  out(
    hasTimes
      ? together(visibleLines(`${costText(lines)}\n`), lineList([visible`Records: ${measuring.file}`]))
      : lineList([visible`Nothing was measured: increase --time, and give --pairs at least 1.`]),
  );
  return exitCodeOf(hasTimes);
}

async function drawCost(file: string, [series]: readonly Series[], { out }: Output): Promise<number> {
  const lines = readCost(file);
  const chart = file.replace(/\.jsonl$/, '') + '.svg';
  const spec = costChartSpec(lines, series === undefined ? '' : seriesName(series));
  replaceFile(chart, await renderChart(spec));
  out(together(visibleLines(costText(lines)), lineList([visible`Chart: ${chart}`])));
  return exitCodeOf(true);
}
