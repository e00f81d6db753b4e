import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SubjectError } from '../model/subject-error.js';
import { reaperBelow, type Launch } from '../process/launch.js';
import type { SubjectSetup } from './subject-kind.js';
import { visibleLine } from '../model/visible-text.js';
import { nativeBuild } from '../native-home.js';

/**
 * How the suite's host is started with the library of a delegate, an absolute path.
 *
 * @throws SubjectError when the host is not built.
 */
export function hostLaunch(
  { root, policy }: Pick<SubjectSetup, 'root' | 'policy'>,
  library: string,
  args: readonly string[] = [],
): Launch {
  return {
    program: neededFile(join(nativeBuild(root), 'wsb-host'), 'Run npx trt-conformance build'),
    args: ['--delegate', library, ...args, ...(policy === undefined ? [] : ['--policy', policy])],
    reaper: reaperBelow(root),
  };
}

/**
 * The file, once it is clear that there is one. Throws SubjectError with the advice when there is
 * none.
 */
export function neededFile(file: string, advice: string, fault: 'missing' | 'absent' = 'missing'): string {
  if (existsSync(file)) return file;
  throw new SubjectError(fault, `There is no file ${visibleLine(file)}. ${advice}.`);
}
