import { existsSync } from 'node:fs';
import path from 'node:path';

import { packagePaths } from './package-paths.mjs';

/** The release of the upstream delegate that the subject `upstream` runs, unmodified. */
export const UPSTREAM_VERSION = '0.1.0';

/** The version of ExecuTorch that this release contains. */
export const UPSTREAM_EXECUTORCH_VERSION = '1.4.1';

/** The one platform that the release is pinned for. */
export const UPSTREAM_PLATFORM = 'linux-x64';

/**
 * @typedef {import('./fetch-wheel.mjs').PinnedWheel & {folder: string, variable: string, proof: string}} UpstreamWheel
 *   unpacked in `folder`, where `proof` is a file of it; the environment variable may name the file
 */

/** The delegate, with the ExecuTorch that it is linked into. */
export const DELEGATE_WHEEL = upstreamWheel({
  what: 'upstream delegate',
  project: 'torch-tensorrt-executorch-runtime',
  version: UPSTREAM_VERSION,
  sha256: '342e22b55bee27f7a050650f501db992435404f90b2d1c4e3b92c186c4cbebcf',
  members: String.raw`torch_tensorrt_executorch_runtime/(_portable_lib\.cpython-312-x86_64-linux-gnu\.so|libaoti_cuda_shims\.so|libextension_cuda\.so)`,
  variable: 'WSB_UPSTREAM_WHEEL',
  proof: '_portable_lib.cpython-312-x86_64-linux-gnu.so',
});

/** The headers of that ExecuTorch; the delegate's wheel has none. */
export const HEADERS_WHEEL = upstreamWheel({
  what: 'headers of the ExecuTorch that the upstream delegate was built with',
  project: 'executorch',
  version: UPSTREAM_EXECUTORCH_VERSION,
  sha256: '128efe668b6b7dc23573c1aac908939b72ade3482833b071434c17b5549b65f2',
  members: String.raw`executorch/(include/.+)|executorch-[^/]+\.dist-info/licenses/(LICENSE)`,
  variable: 'WSB_UPSTREAM_EXECUTORCH_WHEEL',
  proof: 'include/executorch/runtime/executor/program.h',
});

/**
 * Whether a wheel was fetched and unpacked.
 *
 * @param {UpstreamWheel} wheel
 * @returns {boolean}
 */
export function isFetched({ folder, proof }) {
  return existsSync(path.join(folder, proof));
}

/**
 * @param {Omit<UpstreamWheel, 'platformTag' | 'folder' | 'command' | 'offline'>} wheel
 * @returns {UpstreamWheel}
 */
function upstreamWheel(wheel) {
  return Object.freeze({
    ...wheel,
    platformTag: 'manylinux_2_28_x86_64',
    folder: path.join(packagePaths.dependencies, `upstream-${wheel.project}-${wheel.version}`),
    command: 'node scripts/build.mjs --upstream',
    offline: `let ${wheel.variable} name a file with that wheel (cp312, manylinux_2_28_x86_64)`,
  });
}
