import { type Command, Option } from 'commander';
import { replaceFile } from '../files/replace-file.js';
import { packageOf } from '../package-of.js';
import { hasLoads, isMissed, sweepText } from '../hardware/sweep/sweep-text.js';
import { levelClaims } from '../hardware/sweep/claims.js';
import { chartSpec } from '../hardware/sweep/chart.js';
import { renderChart } from '../chart/render-chart.js';
import { runSweep } from '../hardware/sweep/run-sweep.js';
import { DEFAULT_SERIES, type Series } from '../hardware/sweep/series.js';
import { readSweep } from '../hardware/sweep/sweep-file.js';
import type { Isolation } from '../hardware/sweep/sweep-record.js';
import { exitCodeOf } from '../run/conclusion.js';
import { parseCount, parseSeriesList } from './arguments.js';
import { beginMeasuring, measuringCommand, type MeasuringOptions } from './measuring-command.js';
import type { Output } from './output.js';
import { lineList, together, visible, visibleLines } from '../model/visible-text.js';

interface SweepOptions extends MeasuringOptions {
  readonly series: readonly Series[];
  readonly levels: number;
  readonly runs: number;
  readonly search: boolean;
  readonly isolation: Isolation;
  readonly chart?: string;
}

/** `trt-conformance sweep`. */
export function sweepCommand(root: string, output: Output, end: (code: number) => void): Command {
  return measuringCommand('sweep')
    .addOption(
      new Option('--series <names>', 'such as 8x4096b1,8x4096b1*2')
        .argParser(parseSeriesList)
        .default(DEFAULT_SERIES, 'all 14'),
    )
    .option('--levels <n>', 'levels of free memory of a series', parseCount, 24)
    .option('--runs <n>', 'runs after each load', parseCount, 5)
    .option('--no-search', 'do not look for the largest budget that loads')
    .addOption(
      new Option('--isolation <what>', 'which loads share a process; with attempt nothing is warmed up')
        .choices(['attempt', 'level', 'series'])
        .default('series'),
    )
    .option('--chart <file>', 'measure nothing: draw that sweep.jsonl as sweep.svg beside it')
    .action(async (options: SweepOptions) => {
      end(
        options.chart === undefined
          ? await sweep(root, options, output)
          : await drawSweep(options.chart, output),
      );
    });
}

async function sweep(root: string, options: SweepOptions, { out, err }: Output): Promise<number> {
  const measuring = await beginMeasuring(root, 'sweep', options);
  await runSweep(
    {
      ...options,
      ...measuring,
      progress: (series, done, all, crashes) => {
        const seconds = (measuring.elapsed() / 1000).toFixed(0);
        if (done === all || done % 4 === 0) {
          err.write(
            lineList([visible`sweep: ${series}, ${done} of ${all} levels, ${crashes} crashes, ${seconds} s`]),
          );
        }
      },
    },
    packageOf(root).version,
  );
  const records = readSweep(measuring.file);
  out(together(visibleLines(sweepText(records)), lineList([visible`Records: ${measuring.file}`])));
  const claims = levelClaims(records);
  return exitCodeOf(hasLoads(claims) && !claims.some(isMissed));
}

async function drawSweep(file: string, { out }: Output): Promise<number> {
  const records = readSweep(file);
  const chart = file.replace(/\.jsonl$/, '') + '.svg';
  replaceFile(chart, await renderChart(chartSpec(records)));
  out(together(visibleLines(sweepText(records)), lineList([visible`Chart: ${chart}`])));
  return exitCodeOf(true);
}
