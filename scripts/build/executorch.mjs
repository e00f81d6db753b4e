import { existsSync } from 'node:fs';
import path from 'node:path';

import { PrerequisiteError } from './build-errors.mjs';
import { isFetched, requireWheel, wheelFolder, WHEELS } from './wheels.mjs';

/**
 * @typedef {object} ExecuTorch a runtime to build against, as absolute paths
 * @property {string} root with include/ and lib/libexecutorch.so
 * @property {string | null} flatc the flatbuffers compiler; null when this runtime came without
 * @property {string | null} schema folder of program.fbs; null when this runtime came without
 */

/**
 * Finds the runtime: the folder that `EXECUTORCH_ROOT` names (an unpacked wheel, or the
 * `executorch` folder of a site-packages), else the fetched one.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{found: ExecuTorch} | {missing: import('./build-errors.mjs').Missing}}
 */
export function locateExecuTorch(env = process.env) {
  const { version } = WHEELS.executorch;
  const chosen = env['EXECUTORCH_ROOT'];
  if (chosen) {
    const root = path.resolve(chosen);
    const needed = ['include/executorch/runtime/executor/program.h', 'lib/libexecutorch.so'];
    if (needed.every((file) => existsSync(path.join(root, file)))) return { found: describe(root) };
    return {
      missing: {
        what: `No ExecuTorch runtime: EXECUTORCH_ROOT is "${chosen}", which has no include/executorch and lib/libexecutorch.so.`,
        remedy: `Let it name the executorch folder of an installed or unpacked executorch ${version} wheel, or unset it to have the wheel fetched.`,
      },
    };
  }
  if (isFetched(WHEELS.executorch)) return { found: describe(wheelFolder(WHEELS.executorch)) };
  return {
    missing: {
      what: `No ExecuTorch runtime: executorch ${version} has not been fetched.`,
      remedy: `npx trt-conformance build fetches it with pip · offline: ${WHEELS.executorch.offline}`,
    },
  };
}

/**
 * The runtime, which is fetched when it has to be. To be called by the owner of the build lock.
 *
 * @param {(message: string) => void} say
 * @returns {Promise<ExecuTorch>}
 * @throws {PrerequisiteError}
 */
export async function requireExecuTorch(say) {
  const runtime = locateExecuTorch();
  if ('found' in runtime) return runtime.found;
  if (process.env['EXECUTORCH_ROOT']) throw new PrerequisiteError([runtime.missing]);
  return describe(await requireWheel(WHEELS.executorch, say));
}

/**
 * @param {string} root
 * @returns {ExecuTorch}
 */
function describe(root) {
  const flatc = path.join(root, 'data/bin/flatc');
  const schema = path.join(root, 'schema');
  return {
    root,
    flatc: existsSync(flatc) ? flatc : null,
    schema: existsSync(path.join(schema, 'program.fbs')) ? schema : null,
  };
}
