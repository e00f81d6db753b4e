import { join } from 'node:path';
import { execa } from 'execa';
import { DELEGATE_LIBRARY } from '../../subjects/native-library.js';
import { SubjectError } from '../../model/subject-error.js';
import { nativeBuild } from '../../native-home.js';
import { look, type Looking } from './look.js';
import type { TensorRtLibraries } from './tensorrt-libraries.js';

/** What a TensorRT and its device say of themselves. */
export interface Machine {
  readonly versions: Readonly<Record<string, string>>;
  /** How many devices there are. */
  readonly devices: number;
  /** Both, as a text that tells machines apart as far as plans do. */
  readonly text: string;
}

/** How to look at the device with native/device-check through the interposer. */
export function lookingThrough(root: string, { tensorrt, cudart }: TensorRtLibraries): Looking {
  const build = nativeBuild(root);
  return {
    program: join(build, 'device-check'),
    args: ['--delegate', join(build, DELEGATE_LIBRARY), '--interposer', join(build, 'libtrtinterposer.so')],
    env: { WSB_INTERPOSED_TENSORRT: tensorrt, WSB_INTERPOSED_CUDART: cudart },
  };
}

/**
 * Asks TensorRT for its version and the device for what it is.
 *
 * @throws SubjectError when there is no usable TensorRT or no device, with what to do.
 */
export async function probe(looking: Looking, libraries: TensorRtLibraries): Promise<Machine> {
  const seen = await look(looking, 'probe');
  const [line] = seen.lines;
  if (seen.kind !== 'seen' || line === undefined) {
    const why = seen.kind === 'seen' ? 'it said nothing' : seen.message;
    throw new SubjectError(
      'missing',
      `TensorRT in ${libraries.folder} cannot be used here: ${why}.\n` +
        'A real TensorRT needs an NVIDIA GPU with its driver (nvidia-smi lists it), a version whose virtual tables were checked ' +
        '(scripts/tensorrt/README.md) and a CUDA runtime of the driver’s version or older (--cudart).\n' +
        'Without a GPU the same command rehearses on the simulated libraries: --tensorrt native/build.',
    );
  }
  const tensorrt = `${String(line['tensorrt'])}${line['simulated'] === true ? ' (simulated)' : ''}`;
  const versions = { tensorrt, ...(libraries.simulated ? {} : await firstGpu()) };
  const compute = { compute: String(line['compute']), 'device-memory': String(line['total']) };
  const devices = Number(line['devices']);
  return {
    versions: { ...versions, ...compute, devices: String(devices) },
    devices,
    text: `TensorRT ${tensorrt}, compute ${compute.compute}`,
  };
}

/** Name and driver of the first GPU, where nvidia-smi tells. */
export async function firstGpu(): Promise<{ readonly device?: string; readonly driver?: string }> {
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader', '-i', '0'];
  const said = await execa('nvidia-smi', query, { cwd: '/', reject: false });
  const [device, driver] = said.exitCode === 0 ? said.stdout.trim().split(', ') : [];
  return device === undefined || driver === undefined ? {} : { device, driver };
}
