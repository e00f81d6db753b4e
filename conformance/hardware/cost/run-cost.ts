import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileSource } from '../../files/file-source.js';
import { writeSource } from '../../files/write-source.js';
import type { Launch } from '../../process/launch.js';
import { SubjectError } from '../../model/subject-error.js';
import { engineProgram, onFirstDevice } from '../tensorrt/map-case.js';
import type { MeasuredMachine } from '../sweep/measured-machine.js';
import { MeasuringProcess } from '../sweep/measuring-process.js';
import { seriesName, type Series } from '../sweep/series.js';
import { type Description, versionText } from '../sweep/sweep-process.js';
import { type CostLine, type Timed, WITHOUT_RULES } from './cost-record.js';
import { quartilesOf } from './ratios.js';

/** Longest that a command may take, in milliseconds: a load of many gigabytes, too. */
const PATIENCE = 300_000;

/** Bytes of weights from which on a load takes seconds, and what was forgotten no longer shows. */
const WARM_BELOW = 10n ** 9n;

/** What is measured, and how. */
export interface CostSetup {
  readonly machine: MeasuredMachine;
  readonly series: readonly Series[];
  /** The times that are taken. */
  readonly timed: ReadonlySet<Timed>;
  /** Interleaved rounds; each gives one pair to each comparison. */
  readonly rounds: number;
  /** Runs whose median is one time of a round. */
  readonly runs: number;
  /**
   * The delegate without its budget rules; what it is needed for is left out when it was not built.
   */
  readonly withoutRules: string;
  readonly folder: string;
  /** Whether the time is up; no further round is begun then. */
  readonly isOver: () => boolean;
  readonly write: (line: CostLine) => void;
  readonly progress: (series: string, done: number) => void;
}

/** A way to take one time, in microseconds. */
interface Timer {
  readonly timed: Timed;
  readonly take: () => Promise<number>;
}

/** Measures all series, one after another. The first round, which warms up, is not written. */
export async function runCost(setup: CostSetup, version: string): Promise<void> {
  mkdirSync(setup.folder, { recursive: true });
  let headed = false;
  for (const series of setup.series) {
    if (setup.isOver()) return;
    const plan = await setup.machine.makePlan(series.network, setup.folder);
    const program = join(setup.folder, `${seriesName(series)}.pte`);
    writeSource(program, engineProgram(fileSource(plan), series.network, onFirstDevice(series.engines)));
    const launch = setup.machine.launch('wsb-measure', program, plan);
    const open: MeasuringProcess[] = [];
    try {
      const start = (from: Launch): MeasuringProcess => {
        const process = new MeasuringProcess(from, PATIENCE);
        open.push(process);
        return process;
      };
      const description = await ask<Description>(start(launch), 'describe');
      if (!headed) {
        const { simulated, gpu, driver } = setup.machine;
        const tensorrt = versionText(description.tensorrt);
        setup.write({ record: 'header', version, tensorrt, gpu, driver, simulated });
        headed = true;
      }
      const streamable = BigInt(description.streamable) * BigInt(series.engines);
      setup.write({ record: 'series', series: seriesName(series), streamable: String(streamable) });
      const timers = await prepare(setup, launch, description.streamable, start);
      await takeRounds(setup, seriesName(series), timers);
    } finally {
      for (const process of open) process.close();
    }
  }
}

/** Each round takes all times once, in a rotated order, so that none is always behind the same. */
async function takeRounds(setup: CostSetup, series: string, timers: readonly Timer[]): Promise<void> {
  for (let round = -1; round < setup.rounds && !setup.isOver(); round++) {
    for (let n = 0; n < timers.length; n++) {
      const timer = timers[(n + Math.max(round, 0)) % timers.length];
      if (timer === undefined) continue;
      const microseconds = await timer.take();
      if (round >= 0) setup.write({ record: 'time', series, round, timed: timer.timed, microseconds });
    }
    setup.progress(series, round + 1);
  }
}

/**
 * The ways to take each time, each in a process of its own, so that all come to it alike: what is
 * run is kept loaded there.
 */
async function prepare(
  setup: CostSetup,
  launch: Launch,
  streamable: string,
  start: (launch: Launch) => MeasuringProcess,
): Promise<Timer[]> {
  const load = (timed: Timed, command: string, from = launch): Timer => {
    const process = start(from);
    return {
      timed,
      take: async () => {
        // Once for what the processor and the driver forget while the others work.
        if (BigInt(streamable) < WARM_BELOW) await timeOf(process, command);
        return timeOf(process, command);
      },
    };
  };
  const kept = async (kind: 'resident' | 'streamed', budget: string): Promise<Timer[]> => {
    const process = start(launch);
    await timeOf(process, `keep ${budget}`);
    const run = (timed: Timed, command: string): Timer => ({
      timed,
      take: () => timeOf(process, `${command} ${setup.runs}`),
    });
    return [
      run(`run, ${kind}: TensorRT directly`, 'time-direct-runs'),
      run(`run, ${kind}: delegate`, 'time-runs'),
    ];
  };
  const loads: readonly (readonly [Timed, string])[] = [
    ['load: TensorRT directly, no budget set', 'time-direct-load -'],
    ['load: TensorRT directly, budget set', `time-direct-load ${streamable}`],
    ['load: delegate, option', `time-load upstream ${streamable}`],
    ['load: delegate, fitting policy', 'time-load fitting -'],
    ['load: delegate, upstream policy', 'time-load upstream -'],
    ['load, streamed: TensorRT directly', 'time-direct-load 0'],
    ['load, streamed: delegate', 'time-load upstream 0'],
  ];
  const timers = [
    ...loads.filter(([timed]) => setup.timed.has(timed)).map(([timed, command]) => load(timed, command)),
    ...(await kept('resident', streamable)),
    ...(await kept('streamed', '0')),
  ];
  if (!setup.timed.has(WITHOUT_RULES) || !existsSync(setup.withoutRules)) return timers;
  const without = withDelegate(launch, setup.withoutRules);
  return [...timers, load(WITHOUT_RULES, 'time-load upstream -', without)];
}

function withDelegate(launch: Launch, delegate: string): Launch {
  const at = launch.args.indexOf('--delegate');
  return { ...launch, args: launch.args.with(at + 1, delegate) };
}

async function timeOf(process: MeasuringProcess, command: string): Promise<number> {
  const answer = await ask<{ error: number; microseconds: number[]; message: string }>(process, command);
  if (answer.error !== 0) {
    throw new SubjectError(
      'broken',
      `wsb-measure could not ${command}: ${answer.message} (error ${answer.error})`,
    );
  }
  return answer.microseconds.length === 0 ? 0 : quartilesOf(answer.microseconds).median;
}

async function ask<Value>(process: MeasuringProcess, command: string): Promise<Value> {
  const answer = await process.ask<Value>(command);
  if (answer.kind === 'answered') return answer.value;
  throw new SubjectError('broken', `wsb-measure died during ${command}: ${answer.how}`);
}
