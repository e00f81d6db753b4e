import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { SubjectError } from '../../model/subject-error.js';

/** Absolute paths of a TensorRT and of a CUDA runtime to run on. */
export interface TensorRtLibraries {
  /** The folder of libnvinfer. */
  readonly folder: string;
  readonly tensorrt: string;
  readonly cudart: string;
  /** Whether they are the suite's own simulated ones, which a rehearsal without a GPU uses. */
  readonly simulated: boolean;
}

const REAL = ['libnvinfer.so.10', 'libnvinfer.so.11'] as const;
const SIMULATED = { tensorrt: 'libnvinfer.so', cudart: 'libcudart.so', simulator: 'libtrtsim.so' } as const;
const CUDART = /^libcudart\.so\.(12|13)$/;

/**
 * Finds the libraries: those of TensorRT in `folder`, the CUDA runtime where `cudart` says or where
 * CUDA is usually installed.
 *
 * @throws SubjectError when one is missing, with what to do.
 */
export async function findLibraries(folder: string, cudart: string | null): Promise<TensorRtLibraries> {
  const at = resolve(folder);
  if (existsSync(join(at, SIMULATED.simulator))) {
    return {
      folder: at,
      tensorrt: join(at, SIMULATED.tensorrt),
      cudart: cudart === null ? join(at, SIMULATED.cudart) : existing(cudart),
      simulated: true,
    };
  }
  const name = REAL.find((one) => existsSync(join(at, one)));
  if (name === undefined) {
    throw new SubjectError(
      'missing',
      `There is no ${REAL.join(' or ')} in ${at}. ` +
        'npm run tensorrt:fetch -- --version 10.6 gets TensorRT; give --tensorrt the folder that it names.',
    );
  }
  const runtime = cudart === null ? await findCudart() : existing(cudart);
  return { folder: at, tensorrt: join(at, name), cudart: runtime, simulated: false };
}

function existing(file: string): string {
  const at = resolve(file);
  if (existsSync(at)) return at;
  throw new SubjectError(
    'missing',
    `There is no CUDA runtime ${at}. Give --cudart the path of libcudart.so.13.`,
  );
}

async function findCudart(): Promise<string> {
  const [found] = [...installed(), ...(await cached())];
  if (found !== undefined) return found;
  throw new SubjectError(
    'missing',
    'There is no CUDA runtime in /usr/local/cuda*/lib64, and the linker knows none. ' +
      'Install CUDA 12 or 13, or give --cudart the path of libcudart.so.13.',
  );
}

/** Those of CUDA's own installations, the newest first. */
function installed(): readonly string[] {
  const base = '/usr/local';
  const folders = existsSync(base) ? readdirSync(base).filter((name) => name.startsWith('cuda')) : [];
  return folders
    .map((name) => join(base, name, 'lib64'))
    .filter((lib) => existsSync(lib))
    .flatMap((lib) =>
      readdirSync(lib)
        .filter((name) => CUDART.test(name))
        .map((name) => join(lib, name)),
    )
    .sort((a, b) => (versionOf(a) === versionOf(b) ? (a < b ? -1 : 1) : versionOf(b) - versionOf(a)));
}

function versionOf(file: string): number {
  return Number(/(\d+)$/.exec(file)?.[1] ?? 0);
}

/** Those in the cache of the dynamic linker. */
async function cached(): Promise<readonly string[]> {
  const listed = await execa('ldconfig', ['-p'], { cwd: '/', reject: false });
  if (listed.exitCode !== 0) return [];
  return [...listed.stdout.matchAll(/=> (\S*libcudart\.so\.(?:12|13))$/gm)].map((match) => match[1] ?? '');
}
