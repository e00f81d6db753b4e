import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SubjectError } from '../model/subject-error.js';
import { reaperBelow } from '../process/launch.js';
import { outOfProcessKind } from './out-of-process-kind.js';

/**
 * The released upstream delegate, unmodified, in a host of its own, which is built when it is not
 * there yet.
 */
export const UPSTREAM = outOfProcessKind({
  prefix: 'upstream',
  names: { upstream: 'the released upstream delegate, unmodified' },
  takes: [],
  launch: async (_detail, { root }) => ({
    program: await upstreamHost(root),
    args: [],
    reaper: reaperBelow(root),
  }),
});

async function upstreamHost(root: string): Promise<string> {
  const host = join(root, 'native/build/upstream/wsb-host-upstream');
  if (existsSync(host)) return host;
  const { execa } = await import('execa');
  const built = await execa(process.execPath, ['scripts/build.mjs', '--native-only', '--upstream'], {
    cwd: root,
    reject: false,
    all: true,
  });
  if (built.exitCode === 0) return host;
  throw new SubjectError('missing', `The host of the upstream delegate cannot be built:\n${built.all}`);
}
