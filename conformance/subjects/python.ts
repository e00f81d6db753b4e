import { join } from 'node:path';
import { quote } from 'shlex';
import { nativeBuild, nativeHome } from '../native-home.js';
import { reaperBelow } from '../process/launch.js';
import { builtNative } from './built-native.js';
import { neededFile } from './host-launch.js';
import { outOfProcessKind } from './out-of-process-kind.js';

/**
 * Where `python3 native/python/make_environment.py` is told to make an environment, below the
 * folder of what is built.
 */
const ENVIRONMENT = '.deps/python';

/** Milliseconds that the import of torch may take. */
const HELLO = 120_000;

/**
 * Our delegate in the Python runtime of ExecuTorch, in an environment of its own, which is made on
 * request alone: it is large.
 */
export const PYTHON = outOfProcessKind({
  prefix: 'python',
  names: {
    python: "our delegate in ExecuTorch's Python runtime",
    'python:FOLDER': 'the same, in the virtual environment FOLDER',
  },
  takes: [],
  hello: HELLO,
  launch: async (detail, { root }) => {
    const environment = detail ?? join(nativeHome(root), ENVIRONMENT);
    const made = [join(root, 'native/python/make_environment.py'), environment].map(quote);
    const advice = `Make the environment: python3 ${made.join(' ')} (1.6 GB)`;
    const build = nativeBuild(root);
    const program = neededFile(join(environment, 'bin/python'), advice);
    await builtNative(root);
    return {
      program,
      args: ['-I', join(root, 'native/python/python_subject.py'), build],
      reaper: reaperBelow(root),
    };
  },
});
