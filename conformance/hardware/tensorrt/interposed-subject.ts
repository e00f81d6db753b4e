import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../../reference/index.js';
import type { Schemas } from '../../spec/schemas.js';
import { nativeLibrary } from '../../subjects/native-library.js';
import { reaperBelow } from '../../process/launch.js';
import { outOfProcessSubject } from '../../subjects/out-of-process-subject.js';
import type { OutOfProcessSubject } from '../../subjects/subject.js';
import { SubjectError } from '../../model/subject-error.js';
import { nativeBuild } from '../../native-home.js';
import type { TensorRtLibraries } from './tensorrt-libraries.js';

/** The first case loads TensorRT and starts the device, so waits are longer than simulated. */
const LIMITS = { hello: 60_000, case: 60_000, exit: 20_000, incidents: 50 };

/**
 * Our delegate, or a mutant of it, on a TensorRT that its calls reach through the interposer
 * (native/interposer), in a process of its own that is replaced when a case kills it.
 *
 * @param mutant null for the delegate itself
 * @param policy who chooses automatic budgets
 * @throws SubjectError when a part is missing, or the process does not start.
 */
export async function interposedSubject(
  root: string,
  schemas: Schemas,
  mutant: string | null,
  policy: Policy,
  { tensorrt, cudart, simulated }: TensorRtLibraries,
): Promise<OutOfProcessSubject> {
  const build = nativeBuild(root);
  const [program, interposer] = [join(build, 'wsb-host'), join(build, 'libtrtinterposer.so')];
  const delegate = await nativeLibrary(root, mutant);
  for (const file of [program, interposer, delegate]) {
    if (!existsSync(file))
      throw new SubjectError('missing', `There is no file ${file}. Run npx trt-conformance build.`);
  }
  const args = [
    '--delegate',
    delegate,
    '--tensorrt',
    interposer,
    '--cudart',
    interposer,
    '--simulator',
    interposer,
  ];
  return outOfProcessSubject(
    mutant === null ? 'native' : `native:${mutant}`,
    {
      program,
      args: [...args, '--policy', policy, ...(simulated ? ['--tensorrt-version', '100600'] : [])],
      reaper: reaperBelow(root),
      env: { WSB_INTERPOSED_TENSORRT: tensorrt, WSB_INTERPOSED_CUDART: cudart },
    },
    { schemas, recorded: [], limits: LIMITS, framings: ['binary'] },
  );
}
