import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { packageOf } from '../run/header.js';
import { hasLoads, isMissed, sweepText } from '../hardware/sweep/sweep-text.js';
import { levelClaims } from '../hardware/sweep/claims.js';
import { chartSpec } from '../hardware/sweep/chart.js';
import { measuredMachine } from '../hardware/sweep/measured-machine.js';
import { renderChart } from '../hardware/sweep/render-chart.js';
import { runSweep } from '../hardware/sweep/run-sweep.js';
import { DEFAULT_SERIES, type Series } from '../hardware/sweep/series.js';
import { readSweep } from '../hardware/sweep/sweep-file.js';
import type { Isolation } from '../hardware/sweep/sweep-record.js';
import { EXIT } from '../run/exit-code.js';
import { parseCount, parseDuration } from './numbers.js';
import type { Output } from './output.js';
import { parseSeriesList } from './series-list.js';

interface SweepOptions {
  readonly tensorrt?: string;
  readonly cudart?: string;
  readonly out: string;
  readonly plans?: string;
  readonly series: readonly Series[];
  readonly levels: number;
  readonly runs: number;
  readonly search: boolean;
  readonly isolation: Isolation;
  readonly time: number;
  readonly chart?: string;
}

/** `trt-conformance sweep`. */
export function sweepCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('sweep')
    .description(
      'Load programs with more and more device memory free, and record which budgets load and how fast they run.',
    )
    .option('--tensorrt <folder>', 'with the libnvinfer in it (default: the simulated TensorRT)')
    .option(
      '--cudart <file>',
      'the CUDA runtime beside it (default: WSB_CUDART_LIBRARY, or the one that is installed)',
      process.env['WSB_CUDART_LIBRARY'],
    )
    .option('--out <folder>', 'where sweep.jsonl goes', 'conformance-report/sweep')
    .option('--plans <folder>', 'where plans are kept and looked for (default: plans in the folder of --out)')
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
    .addOption(
      new Option('--time <duration>', 'begin nothing new after this')
        .argParser(parseDuration)
        .default(parseDuration('8m'), '8m'),
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
  const machine = await measuredMachine(root, options.tensorrt ?? null, options.cudart ?? null);
  mkdirSync(options.out, { recursive: true });
  const file = join(options.out, 'sweep.jsonl');
  writeFileSync(file, '');
  const started = performance.now();
  await runSweep(
    {
      ...options,
      machine,
      folder: options.plans ?? join(options.out, 'plans'),
      isOver: () => performance.now() - started > options.time,
      write: (record) => {
        appendFileSync(file, `${JSON.stringify(record)}\n`);
      },
      progress: (series, done, all, crashes) => {
        const seconds = ((performance.now() - started) / 1000).toFixed(0);
        if (done === all || done % 4 === 0) {
          err.write(`sweep: ${series}, ${done} of ${all} levels, ${crashes} crashes, ${seconds} s\n`);
        }
      },
    },
    packageOf(root).version,
  );
  const records = readSweep(file);
  out(`${sweepText(records)}Records: ${file}\n`);
  const claims = levelClaims(records);
  return hasLoads(claims) && !claims.some(isMissed) ? EXIT.conforms : EXIT.doesNotConform;
}

async function drawSweep(file: string, { out }: Output): Promise<number> {
  const records = readSweep(file);
  const chart = file.replace(/\.jsonl$/, '') + '.svg';
  writeFileSync(chart, await renderChart(chartSpec(records)));
  out(`${sweepText(records)}Chart: ${chart}\n`);
  return EXIT.conforms;
}
