import { reaperBelow } from '../process/launch.js';
import { outOfProcessKind } from './out-of-process-kind.js';
import { upstreamHost } from './upstream-host.js';

/**
 * The released upstream delegate, unmodified, in a host of its own, which is built when it is not
 * there yet.
 */
export const UPSTREAM = outOfProcessKind({
  prefix: 'upstream',
  names: { upstream: 'the released upstream delegate, unmodified' },
  takes: [],
  launch: async (_detail, { root }) => ({
    program: (await upstreamHost(root)).host,
    args: [],
    reaper: reaperBelow(root),
  }),
});
