import { nativeLibrary } from './native-library.js';
import { hostLaunch } from './host-launch.js';
import { outOfProcessKind } from './out-of-process-kind.js';

/** Our C++ delegate in the suite's host, in a process of its own. */
export const NATIVE_PROCESS = outOfProcessKind({
  prefix: 'native-process',
  names: {
    'native-process': 'our delegate, out of process',
    'native-process:MUTANT': 'our delegate with a deliberate error, out of process',
  },
  takes: ['lacks', 'policy'],
  launch: async (detail, setup) => hostLaunch(setup, await nativeLibrary(setup.root, detail)),
});
