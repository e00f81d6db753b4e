import { join } from 'node:path';
import { Command, Option } from 'commander';
import { makeFolder } from '../files/make-folder.js';
import { GrowingFile } from '../files/new-file.js';
import { type MeasuredMachine, measuredMachine } from '../hardware/sweep/measured-machine.js';
import { parseDuration } from './arguments.js';

/** What every measuring command is asked for. */
export interface MeasuringOptions {
  readonly tensorrt?: string;
  readonly cudart?: string;
  readonly out: string;
  readonly plans?: string;
  /** Milliseconds. */
  readonly time: number;
}

/** A command that writes its records to `NAME.jsonl`, with the options that all of them have. */
export function measuringCommand(name: string): Command {
  return new Command(name)
    .option('--tensorrt <folder>', 'with the libnvinfer in it (default: the simulated TensorRT)')
    .option(
      '--cudart <file>',
      'the CUDA runtime beside it (default: WSB_CUDART_LIBRARY, or the one that is installed)',
      process.env['WSB_CUDART_LIBRARY'],
    )
    .option('--out <folder>', `the folder for ${name}.jsonl`, `conformance-report/${name}`)
    .option('--plans <folder>', 'where plans are kept and looked for (default: plans in the folder of --out)')
    .addOption(
      new Option('--time <duration>', 'start nothing new after this time')
        .argParser(parseDuration)
        .default(parseDuration('8m'), '8m'),
    );
}

/** A measurement that has begun. */
export interface Measuring {
  readonly machine: MeasuredMachine;
  /** The file of its records. */
  readonly file: string;
  /** The folder of the plans. */
  readonly folder: string;
  readonly elapsed: () => number;
  readonly isOver: () => boolean;
  readonly write: (record: object) => void;
}

/** Begins a measurement; its records take the place of those of an earlier one in `NAME.jsonl`. */
export async function beginMeasuring(
  root: string,
  name: string,
  { tensorrt, cudart, out, plans, time }: MeasuringOptions,
): Promise<Measuring> {
  const machine = await measuredMachine(root, tensorrt ?? null, cudart ?? null);
  makeFolder(out);
  const file = join(out, `${name}.jsonl`);
  const records = new GrowingFile(file, '');
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const write = (record: object): void => {
    records.add(`${JSON.stringify(record)}\n`);
  };
  return {
    machine,
    file,
    folder: plans ?? join(out, 'plans'),
    elapsed,
    isOver: () => elapsed() > time,
    write,
  };
}
