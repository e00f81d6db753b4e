import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeSource } from '../../files/write-source.js';
import { reaperBelow, type Launch } from '../../process/launch.js';
import { builtNative } from '../../subjects/built-native.js';
import { DELEGATE_LIBRARY } from '../../subjects/native-library.js';
import { SubjectError } from '../../model/subject-error.js';
import { nativeBuild } from '../../native-home.js';
import { builtEngines } from '../tensorrt/built-engines.js';
import { firstGpu, lookingThrough, probe } from '../tensorrt/probe.js';
import { findLibraries } from '../tensorrt/tensorrt-libraries.js';
import { modelledPlan } from './modelled-plan.js';
import { planName, type Network } from './series.js';

/** Memory of the simulated device, in bytes: an H100's. */
const SIMULATED_BYTES = 80n * 2n ** 30n;

/** The TensorRT and the device that measurements are made with: real ones, or the simulator. */
export interface MeasuredMachine {
  readonly simulated: boolean;
  /** As nvidia-smi tells them; null without one. */
  readonly gpu: string | null;
  readonly driver: string | null;
  /** Gives the plan of a network in a folder; writes it unless it was made for this machine. */
  readonly makePlan: (network: Network, folder: string) => Promise<string>;
  /** How to start a program of native/measure with a program and the plan in it. */
  readonly launch: (program: string, pte: string, plan: string, more?: readonly string[]) => Launch;
}

/**
 * The machine with the TensorRT in the folder `tensorrt`; the simulated one for null, and for a
 * folder that holds the simulator. The CUDA runtime is the file `cudart`; null: where CUDA is
 * usually installed.
 *
 * @throws SubjectError when a part is missing
 */
export async function measuredMachine(
  root: string,
  tensorrt: string | null,
  cudart: string | null,
): Promise<MeasuredMachine> {
  await builtNative(root);
  const build = nativeBuild(root);
  if (!existsSync(join(build, 'wsb-measure'))) {
    throw new SubjectError('missing', 'The measuring programs are not built. Run npx trt-conformance build.');
  }
  const launchWith =
    (libraries: readonly string[]): MeasuredMachine['launch'] =>
    (program, pte, plan, more = []) => ({
      program: join(build, program),
      args: [
        ...['--delegate', join(build, DELEGATE_LIBRARY), ...libraries],
        ...['--program', pte, '--plan', plan, ...more],
      ],
      reaper: reaperBelow(root),
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
      makePlan: (network, folder) => {
        const file = join(folder, planName(network));
        writeSource(file, modelledPlan(network));
        return Promise.resolve(file);
      },
      launch: launchWith([...stand, ...simulator]),
    };
  }
  const libraries = await findLibraries(tensorrt, cudart);
  const { text } = await probe(lookingThrough(root, libraries), libraries);
  const { device, driver } = await firstGpu();
  const builder = join(build, 'engine-builder');
  return {
    simulated: false,
    gpu: device ?? null,
    driver: driver ?? null,
    makePlan: async (network, folder) => {
      if (!existsSync(builder)) {
        throw new SubjectError(
          'missing',
          'The engine builder is not built: run npm run tensorrt:engine-builder.',
        );
      }
      const name = basename(planName(network), '.plan');
      await builtEngines(folder, builder, libraries.folder, text).build([
        { ...network, name, streaming: true },
      ]);
      return join(folder, planName(network));
    },
    launch: launchWith(['--tensorrt', libraries.tensorrt, '--cudart', libraries.cudart]),
  };
}
