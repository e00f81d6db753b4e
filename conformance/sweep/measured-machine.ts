import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { guardBelow, type Launch } from '../subjects/process/child.js';
import { DELEGATE_LIBRARY } from '../subjects/native-subject.js';
import { SubjectError } from '../subjects/subject-error.js';
import { modelledPlan } from './modelled-plan.js';
import { networkName, type Network } from './series.js';

/** Memory of the simulated device, in bytes: an H100's. */
const SIMULATED_BYTES = 80n * 2n ** 30n;
const SEED = '1';

/** The TensorRT and the device that measurements are made with: real ones, or the simulator. */
export interface MeasuredMachine {
  readonly simulated: boolean;
  /** As nvidia-smi tells them; null without one. */
  readonly gpu: string | null;
  readonly driver: string | null;
  /** Writes the plan of a network to a file, unless it is there. */
  readonly makePlan: (network: Network, file: string) => Promise<void>;
  /** How to start a program of native/measure with a program and the plan in it. */
  readonly launch: (program: string, pte: string, plan: string, more?: readonly string[]) => Launch;
}

/**
 * The machine with the TensorRT in the folder `tensorrt`; the simulated one for null, and for a folder that holds the simulator. The CUDA runtime is `cudart`, a path or a
 * soname.
 *
 * @throws SubjectError when a part is missing
 */
export async function measuredMachine(
  root: string,
  tensorrt: string | null,
  cudart: string,
): Promise<MeasuredMachine> {
  const build = join(root, 'native/build');
  if (!existsSync(join(build, 'wsb-measure'))) {
    throw new SubjectError('missing', 'The measuring programs are not built: run npm run build.');
  }
  const launchWith =
    (libraries: readonly string[]): MeasuredMachine['launch'] =>
    (program, pte, plan, more = []) => ({
      program: join(build, program),
      args: [
        ...['--delegate', join(build, DELEGATE_LIBRARY), ...libraries],
        ...['--program', pte, '--plan', plan, ...more],
      ],
      guard: guardBelow(root),
    });
  if (tensorrt === null || existsSync(join(tensorrt, 'libtrtsim.so'))) {
    const simulator = [
      '--simulator',
      join(build, 'libtrtsim.so'),
      '--simulated-bytes',
      String(SIMULATED_BYTES),
    ];
    const stand = ['--tensorrt', join(build, 'libnvinfer.so'), '--cudart', join(build, 'libcudart.so')];
    return {
      simulated: true,
      gpu: null,
      driver: null,
      makePlan: (network, file) => {
        writeFileSync(file, modelledPlan(network));
        return Promise.resolve();
      },
      launch: launchWith([...stand, ...simulator]),
    };
  }
  return {
    simulated: false,
    ...(await readGpu()),
    makePlan: (network, file) => buildPlan(join(build, 'engine-builder'), tensorrt, network, file),
    launch: launchWith(['--tensorrt', libraryIn(tensorrt), '--cudart', cudart]),
  };
}

function libraryIn(folder: string): string {
  const name = existsSync(folder)
    ? readdirSync(folder).find((file) => /^libnvinfer\.so\.\d+$/.test(file))
    : undefined;
  if (name === undefined) {
    throw new SubjectError(
      'missing',
      `There is no libnvinfer in ${folder}: npm run tensorrt:fetch -- --version 10.6 gets it, and its README says more.`,
    );
  }
  return join(folder, name);
}

async function buildPlan(builder: string, tensorrt: string, network: Network, file: string): Promise<void> {
  const { layers, dim, batch } = network;
  if (existsSync(file)) return;
  if (!existsSync(builder)) {
    throw new SubjectError(
      'missing',
      'The engine builder is not built: run npm run tensorrt:engine-builder.',
    );
  }
  const shape = ['--layers', String(layers), '--dim', String(dim), '--batch', String(batch)];
  const result = await execa(
    builder,
    ['--tensorrt', tensorrt, ...shape, '--streaming', '--seed', SEED, '--output', file],
    { reject: false },
  );
  if (result.failed) {
    throw new SubjectError(
      'missing',
      `The engine ${networkName(network)} could not be built: ${result.stderr.trim()}`,
    );
  }
}

async function readGpu(): Promise<{ gpu: string | null; driver: string | null }> {
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  const result = await execa('nvidia-smi', query, { reject: false });
  const [gpu = null, driver = null] = result.failed ? [] : (result.stdout.split('\n')[0] ?? '').split(', ');
  return { gpu, driver };
}
