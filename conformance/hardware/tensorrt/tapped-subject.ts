import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../../reference/index.js';
import type { Schemas } from '../../spec/schemas.js';
import { nativeLibrary } from '../../subjects/native-library.js';
import { guardBelow } from '../../process/launch.js';
import { outOfProcessSubject } from '../../subjects/out-of-process-subject.js';
import type { OutOfProcessSubject } from '../../subjects/subject.js';
import { SubjectError } from '../../model/subject-error.js';
import type { TensorRtLibraries } from './tensorrt-libraries.js';

/** TensorRT loads its libraries and starts the device at the first case, so waits are longer than on the simulated one. */
const LIMITS = { hello: 60_000, case: 60_000, exit: 20_000, incidents: 50 };

/**
 * Our delegate, or a mutant of it, on a TensorRT that its calls reach through the tap (native/tap), in a process of its own that is
 * replaced when a case kills it.
 *
 * @param mutant null for the delegate itself
 * @param policy who chooses automatic budgets
 * @throws SubjectError when a part is missing, or the process does not start.
 */
export async function tappedSubject(
  root: string,
  schemas: Schemas,
  mutant: string | null,
  policy: Policy,
  { tensorrt, cudart, simulated }: TensorRtLibraries,
): Promise<OutOfProcessSubject> {
  const build = join(root, 'native/build');
  const [program, tap] = [join(build, 'wsb-host'), join(build, 'libtrttap.so')];
  const delegate = await nativeLibrary(root, mutant);
  for (const file of [program, tap, delegate]) {
    if (!existsSync(file)) throw new SubjectError('missing', `There is no file ${file}. Run npm run build.`);
  }
  const args = ['--delegate', delegate, '--tensorrt', tap, '--cudart', tap, '--simulator', tap];
  return outOfProcessSubject(
    mutant === null ? 'native' : `native:${mutant}`,
    {
      program,
      args: [...args, '--policy', policy, ...(simulated ? ['--tensorrt-version', '100600'] : [])],
      guard: guardBelow(root),
      env: { WSB_TAPPED_TENSORRT: tensorrt, WSB_TAPPED_CUDART: cudart },
    },
    { schemas, recorded: [], limits: LIMITS, framings: ['binary'] },
  );
}
