import { reaperBelow } from '../process/launch.js';
import { outOfProcessKind } from './out-of-process-kind.js';
import { upstreamHost } from './upstream-host.js';

const PREFIX = 'native-1.4.1';

/** The id of our delegate there: the one that programs carry is upstream's in that library. */
const BACKEND_ID = 'TensorRTBackendOfTheSuite';

/**
 * Our delegate in the older ExecuTorch that is in the released upstream delegate, whose place it
 * takes there.
 */
export const NATIVE_OLDER = outOfProcessKind({
  prefix: PREFIX,
  names: { [PREFIX]: 'our delegate in ExecuTorch 1.4.1, out of process' },
  takes: ['lacks', 'policy'],
  launch: async (_detail, { root, policy }) => {
    const { host, ourDelegate } = await upstreamHost(root);
    return {
      program: host,
      args: [
        ...['--delegate', ourDelegate, '--backend-id', BACKEND_ID, '--name', PREFIX],
        ...(policy === undefined ? [] : ['--policy', policy]),
      ],
      reaper: reaperBelow(root),
    };
  },
});
