import { chmod, stat } from 'node:fs/promises';
import path from 'node:path';

import { PrerequisiteError } from './build-errors.mjs';
import { EXECUTORCH_VERSION, EXECUTORCH_WHEELS, FETCHED_EXECUTORCH } from './executorch.mjs';
import { fetchWheel } from './fetch-wheel.mjs';

/** What is taken out of the wheel: headers, the runtime, its kernels, the schemas, flatc and the licence. */
const MEMBERS = String.raw`executorch/(include/.+|version\.py|lib/libexecutorch(?:_kernels_optimized|_threadpool)?\.so|schema/[a-z_]+\.fbs|data/bin/flatc)|executorch-[^/]+\.dist-info/licenses/(LICENSE)`;

/**
 * Fetches the pinned ExecuTorch wheel and unpacks what the build needs into the package. To be called by the
 * owner of the build lock.
 *
 * @returns {Promise<void>}
 * @throws {import('./build-errors.mjs').BuildError} the wheel can't be unpacked, as on a full disk
 * @throws {PrerequisiteError} no wheel for this platform, no Python or pip, no index reached, or another file
 *   than the pinned one
 */
export async function fetchExecuTorch() {
  const platform = `${process.platform}-${process.arch}`;
  const wheel = EXECUTORCH_WHEELS[platform];
  if (wheel === undefined) {
    throw new PrerequisiteError([
      {
        what: `No ExecuTorch runtime: no executorch ${EXECUTORCH_VERSION} wheel is pinned for ${platform}.`,
        remedy: `Pinned: ${Object.keys(EXECUTORCH_WHEELS).join(', ')}. Elsewhere EXECUTORCH_ROOT has to name a runtime of that version.`,
      },
    ]);
  }
  const pinned = {
    ...wheel,
    what: 'ExecuTorch runtime',
    project: 'executorch',
    version: EXECUTORCH_VERSION,
    members: MEMBERS,
    command: 'npm run build',
    offline: 'let EXECUTORCH_ROOT name the executorch folder of an installed wheel of that version',
  };
  await fetchWheel(pinned, FETCHED_EXECUTORCH, {
    finish: async (unpacked) => {
      await chmod(path.join(unpacked, 'data/bin/flatc'), 0o755);
      await stat(path.join(unpacked, 'lib/libexecutorch.so'));
    },
  });
}
