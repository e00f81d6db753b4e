import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SubjectError } from '../model/subject-error.js';
import { nativeBuild, nativeHome } from '../native-home.js';
import { reaperBelow } from '../process/launch.js';
import { builtNative } from './built-native.js';
import { outOfProcessKind } from './out-of-process-kind.js';
import { runnableProgram } from './runnable-program.js';

/**
 * Version of the wheel of torch-tensorrt that the runner comes from (scripts/build/wheels.json).
 */
const VERSION = '2.14.0';

/**
 * The C++ runner that torch-tensorrt releases, unmodified, a process for each request; it is
 * fetched when it is not there yet.
 */
export const UPSTREAM_RUNNER = outOfProcessKind({
  prefix: 'upstream-runner',
  names: { 'upstream-runner': 'the C++ runner that torch-tensorrt releases, unmodified' },
  takes: [],
  launch: async (_detail, { root }) => {
    await builtNative(root);
    const wheel = await fetchedRunner(root);
    const build = nativeBuild(root);
    const libraries = [join(wheel, 'lib'), join(build, 'sonames'), build].join(delimiter);
    return {
      program: runnableProgram('python3', process.env['PATH'] ?? ''),
      args: [
        '-I',
        join(root, 'native/python/runner_subject.py'),
        join(wheel, 'bin/example_executorch_runner'),
        libraries,
        join(build, 'libwsb-observer.so'),
        VERSION,
      ],
      reaper: reaperBelow(root),
    };
  },
});

async function fetchedRunner(root: string): Promise<string> {
  const wheel = join(nativeHome(root), `.deps/upstream-torch-tensorrt-${VERSION}`);
  if (existsSync(wheel)) return wheel;
  const { execa } = await import('execa');
  const args = ['scripts/build.mjs', '--native-only', '--upstream-runner'];
  const fetched = await execa(process.execPath, args, { cwd: root, reject: false, all: true });
  if (fetched.exitCode === 0) return wheel;
  throw new SubjectError('missing', `The runner of torch-tensorrt cannot be had:\n${fetched.all}`);
}
