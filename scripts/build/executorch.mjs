import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { packagePaths } from './package-paths.mjs';

/** The version of the ExecuTorch runtime that everything is built and measured against. */
export const EXECUTORCH_VERSION = '1.5.1';

/**
 * The pinned wheel for each platform that has one, by `process.platform-process.arch`.
 *
 * @type {Readonly<Record<string, {readonly platformTag: string, readonly sha256: string} | undefined>>}
 */
export const EXECUTORCH_WHEELS = Object.freeze({
  'linux-x64': {
    platformTag: 'manylinux_2_28_x86_64',
    sha256: '04897dffff8d96e8af32f554c758d0a7d4f50af5c3530c90dc8d5319bb44c878',
  },
  'linux-arm64': {
    platformTag: 'manylinux_2_28_aarch64',
    sha256: '2c177f7922354a8a0d6111628c954519b87549598640e5e0042bef137b4cb83c',
  },
});

/** Where the fetched runtime is unpacked. */
export const FETCHED_EXECUTORCH = path.join(packagePaths.dependencies, `executorch-${EXECUTORCH_VERSION}`);

/**
 * @typedef {object} ExecuTorch a runtime to build against, as absolute paths
 * @property {'environment' | 'fetched'} origin
 * @property {string} root
 * @property {readonly string[]} includeDirs
 * @property {string} version
 * @property {string} library libexecutorch.so
 * @property {readonly string[]} kernels the kernel library of the release and what it needs; none when this runtime came without
 * @property {string | null} flatc the flatbuffers compiler; null when this runtime came without
 * @property {string | null} schema folder of program.fbs; null when this runtime came without
 */

/**
 * Finds the runtime: the folder that `EXECUTORCH_ROOT` names (an unpacked wheel, or the `executorch` folder of
 * a site-packages), else the fetched one.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{found: ExecuTorch} | {missing: import('./build-errors.mjs').Missing}}
 */
export function locateExecuTorch(env = process.env) {
  const chosen = env['EXECUTORCH_ROOT'];
  if (chosen) {
    const root = path.resolve(chosen);
    if (isRuntime(root)) return { found: describe(root, 'environment') };
    return {
      missing: {
        what: `No ExecuTorch runtime: EXECUTORCH_ROOT is "${chosen}", which has no include/executorch and lib/libexecutorch.so.`,
        remedy: `Let it name the executorch folder of an installed or unpacked executorch ${EXECUTORCH_VERSION} wheel, or unset it to have the wheel fetched.`,
      },
    };
  }
  if (isRuntime(FETCHED_EXECUTORCH)) return { found: describe(FETCHED_EXECUTORCH, 'fetched') };
  return {
    missing: {
      what: `No ExecuTorch runtime: executorch ${EXECUTORCH_VERSION} has not been fetched.`,
      remedy:
        'npm run build fetches it with pip · offline: let EXECUTORCH_ROOT name the executorch folder of an installed wheel of that version',
    },
  };
}

/** Beside the runtime when it has kernels. */
const KERNEL_LIBRARIES = ['libexecutorch_kernels_optimized.so', 'libexecutorch_threadpool.so'];

/**
 * What the package says of itself; a runtime that does not is taken for the pinned one.
 *
 * @param {string} root
 */
function versionOf(root) {
  const file = path.join(root, 'version.py');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /__version__ = "([\d.]+)/.exec(text)?.[1] ?? EXECUTORCH_VERSION;
}

/** @param {string} root */
function isRuntime(root) {
  return (
    existsSync(path.join(root, 'include/executorch/runtime/executor/program.h')) &&
    existsSync(path.join(root, 'lib/libexecutorch.so'))
  );
}

/**
 * @param {string} root
 * @param {ExecuTorch['origin']} origin
 * @returns {ExecuTorch}
 */
function describe(root, origin) {
  const include = path.join(root, 'include');
  const flatc = path.join(root, 'data/bin/flatc');
  const schema = path.join(root, 'schema');
  return {
    origin,
    root,
    includeDirs: [include, path.join(include, 'executorch/runtime/core/portable_type/c10')],
    version: versionOf(root),
    library: path.join(root, 'lib/libexecutorch.so'),
    kernels: KERNEL_LIBRARIES.map((name) => path.join(root, 'lib', name)).filter((file) => existsSync(file)),
    flatc: existsSync(flatc) ? flatc : null,
    schema: existsSync(path.join(schema, 'program.fbs')) ? schema : null,
  };
}
