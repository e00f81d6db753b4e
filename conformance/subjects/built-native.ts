import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SubjectError } from '../model/subject-error.js';
import { BUILT_MARK, isCheckout, nativeBuild } from '../native-home.js';

/** What a user can do without a native part. */
const WITHOUT = 'explain, list, spec check, report and verify work without it, and so do --subject';

/**
 * Builds the native part of an installed package when it is needed for the first time, which takes
 * minutes and is told on standard error. Two processes that come to it at once build it once. A
 * checkout is left alone: there `npm run build` builds, and knows what is stale.
 *
 * @param root the folder of the suite
 * @throws SubjectError when it cannot be built; what is missing was told.
 */
export async function builtNative(root: string): Promise<void> {
  if (isCheckout(root) || isBuilt(root)) return;
  const { execa } = await import('execa');
  const built = await execa(process.execPath, [join(root, 'scripts/build.mjs'), '--native-only'], {
    cwd: root,
    reject: false,
    stdin: 'ignore',
    // What was asked for is on standard output, such as JSON.
    stdout: 'ignore',
    stderr: 'inherit',
  });
  if (built.exitCode === 0) return;
  throw new SubjectError(
    'missing',
    `The native part cannot be built, for the reasons above. ${WITHOUT} reference and exec:COMMAND.`,
  );
}

/** Whether all of it was built for this package, as scripts/build/build-native.mjs notes it. */
function isBuilt(root: string): boolean {
  const { version = '' } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version?: string;
  };
  try {
    return readFileSync(join(nativeBuild(root), BUILT_MARK), 'utf8') === `${version} ${root}\n`;
  } catch {
    return false;
  }
}
