import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileSource } from '../../files/file-source.js';
import { writeSource } from '../../files/write-source.js';
import type { Launch } from '../../process/launch.js';
import { type EngineSizes, networkName, seriesName, type Series } from './series.js';
import { freeMemoryLevels, measureLevel } from './measure-level.js';
import { engineProgram, onFirstDevice } from '../tensorrt/map-case.js';
import type { MeasuredMachine } from './measured-machine.js';
import { SweepProcess, type Description, type Load, versionText } from './sweep-process.js';
import type { Isolation, SeriesRecord, SweepRecord } from './sweep-record.js';

/** What is swept over, and how. */
export interface SweepSetup {
  readonly machine: MeasuredMachine;
  readonly series: readonly Series[];
  /** Levels of free device memory of each series. */
  readonly levels: number;
  /** How often a program runs after each load. */
  readonly runs: number;
  readonly search: boolean;
  readonly isolation: Isolation;
  /** Where plans and programs are kept. */
  readonly folder: string;
  /** Whether the time is up; no further series or level is begun then. */
  readonly isOver: () => boolean;
  /** Takes each record as soon as it is there. */
  readonly write: (record: SweepRecord) => void;
  /** Told after each level: `done` of `all` of a series, and how many processes died in it. */
  readonly progress: (series: string, done: number, all: number, crashes: number) => void;
}

/** What was done so far. */
interface Totals {
  attempts: number;
  crashes: number;
  cut: boolean;
  headed: boolean;
}

/**
 * Sweeps over the free device memory, a series after another, since they share the device. Plans
 * are made first, all of them: a builder times kernels, and would disturb the runs.
 *
 * @param version of this package
 */
export async function runSweep(setup: SweepSetup, version: string): Promise<void> {
  mkdirSync(setup.folder, { recursive: true });
  const { machine } = setup;
  const plans = new Map<string, string>();
  for (const { network } of setup.series) {
    const name = networkName(network);
    if (!plans.has(name)) plans.set(name, await machine.makePlan(network, setup.folder));
  }
  const totals: Totals = { attempts: 0, crashes: 0, cut: false, headed: false };
  for (const series of setup.series) {
    if (setup.isOver()) {
      totals.cut = true;
      break;
    }
    const plan = plans.get(networkName(series.network)) ?? '';
    const program = join(setup.folder, `${seriesName(series)}.pte`);
    writeSource(program, engineProgram(fileSource(plan), series.network, onFirstDevice(series.engines)));
    await runSeries(setup, series, program, plan, totals, version);
  }
  setup.write({ record: 'end', attempts: totals.attempts, crashes: totals.crashes, cut: totals.cut });
}

async function runSeries(
  setup: SweepSetup,
  series: Series,
  program: string,
  plan: string,
  totals: Totals,
  version: string,
): Promise<void> {
  const launch = setup.machine.launch('wsb-measure', program, plan);
  const description = await describe(launch);
  if (!totals.headed) {
    const { simulated, gpu, driver } = setup.machine;
    const tensorrt = versionText(description.tensorrt);
    const { isolation } = setup;
    setup.write({ record: 'header', version, tensorrt, gpu, driver, simulated, isolation });
    totals.headed = true;
  }
  const sizes: EngineSizes = {
    streamable: BigInt(description.streamable),
    scratch: BigInt(description.scratch),
    activations: BigInt(description.activations),
  };
  setup.write(seriesRecord(series, sizes));
  const process = new SweepProcess(launch, setup.isolation === 'attempt' ? [] : warmUp(sizes.streamable));
  try {
    await runLevels(setup, series, sizes, process, totals);
  } finally {
    process.close();
    totals.crashes += process.crashes;
  }
}

async function runLevels(
  setup: SweepSetup,
  series: Series,
  sizes: EngineSizes,
  process: SweepProcess,
  totals: Totals,
): Promise<void> {
  const name = seriesName(series);
  const levels = freeMemoryLevels(sizes, series.engines, setup.levels);
  for (const [done, level] of levels.entries()) {
    if (setup.isOver()) {
      totals.cut = true;
      return;
    }
    const records = await measureLevel(level, {
      series: name,
      engines: series.engines,
      sizes,
      runs: setup.runs,
      search: setup.search,
      load: (load) => {
        if (setup.isolation === 'attempt') process.close();
        return process.load(level, load);
      },
    });
    for (const record of records) setup.write(record);
    totals.attempts += records.length;
    setup.progress(name, done + 1, levels.length, process.crashes);
    if (setup.isolation === 'level') process.close();
  }
}

async function describe(launch: Launch): Promise<Description> {
  const process = new SweepProcess(launch, []);
  try {
    return await process.describe();
  } finally {
    process.close();
  }
}

/** Everything streamed, and everything resident: between them they use all kernels. */
function warmUp(streamable: bigint): Load[] {
  return [0n, streamable].map((budget) => ({ policy: 'upstream', budget, runs: 1 }));
}

function seriesRecord(series: Series, sizes: EngineSizes): SeriesRecord {
  return {
    record: 'series',
    series: seriesName(series),
    ...series.network,
    engines: series.engines,
    streamable: String(sizes.streamable),
    scratch: String(sizes.scratch),
    activations: String(sizes.activations),
  };
}
