import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../reference/index.js';
import type { Schemas } from '../spec/schemas.js';
import { buildMutant } from '../subjects/build-mutant.js';
import { DELEGATE_LIBRARY } from '../subjects/native-subject.js';
import { guardBelow } from '../subjects/process/child.js';
import { processSubject } from '../subjects/process/process-subject.js';
import type { Subject } from '../subjects/subject.js';
import { SubjectError } from '../subjects/subject-error.js';
import type { TensorRtLibraries } from './tensorrt-libraries.js';

/** TensorRT loads its libraries and starts the device at the first case, so waits are longer than on the simulated one. */
const LIMITS = { hello: 60_000, case: 60_000, exit: 20_000, incidents: 50 };

/**
 * Our delegate, or a mutant of it, on a TensorRT that its calls reach through the interposer (native/interposer), in a process of its own that is
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
): Promise<Subject> {
  const build = join(root, 'native/build');
  const [program, interposer] = [join(build, 'wsb-host'), join(build, 'libtrtinterposer.so')];
  const delegate = mutant === null ? join(build, DELEGATE_LIBRARY) : await buildMutant(root, mutant);
  for (const file of [program, interposer, delegate]) {
    if (!existsSync(file)) throw new SubjectError('missing', `There is no file ${file}. Run npm run build.`);
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
  return processSubject(
    mutant === null ? 'native' : `native:${mutant}`,
    {
      program,
      args: [...args, '--policy', policy, ...(simulated ? ['--tensorrt-version', '100600'] : [])],
      guard: guardBelow(root),
      env: { WSB_INTERPOSED_TENSORRT: tensorrt, WSB_INTERPOSED_CUDART: cudart },
    },
    { schemas, recorded: [], limits: LIMITS, framings: ['binary'] },
  );
}
