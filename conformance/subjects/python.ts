import { join } from 'node:path';
import { reaperBelow } from '../process/launch.js';
import { neededFile } from './host-launch.js';
import { outOfProcessKind } from './out-of-process-kind.js';

/**
 * Where `python3 native/python/make_environment.py` is told to make an environment, below the root
 * of the suite.
 */
const ENVIRONMENT = 'native/.deps/python';

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
  launch: (detail, { root }) => {
    const environment = detail ?? join(root, ENVIRONMENT);
    const advice = `Make the environment: python3 native/python/make_environment.py ${ENVIRONMENT} (1.6 GB)`;
    const build = join(root, 'native/build');
    neededFile(join(build, 'libwsb-device-allocator.so'), 'Run npm run build');
    return Promise.resolve({
      program: neededFile(join(environment, 'bin/python'), advice),
      args: ['-I', join(root, 'native/python/python_subject.py'), build],
      reaper: reaperBelow(root),
    });
  },
});
