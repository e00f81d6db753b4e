import { existsSync } from 'node:fs';
import path from 'node:path';

import { RUNTIME_LIBRARY } from './native-artifacts.mjs';
import { readNativeInputs } from './native-inputs.mjs';
import { readNativeStamps } from './native-stamps.mjs';
import { packagePaths } from './package-paths.mjs';

/**
 * @typedef {object} NativeState how native/build stands to the sources
 * @property {'fresh' | 'stale' | 'missing'} status
 * @property {readonly string[]} outdated artifacts that have to be made (again)
 */

/**
 * Compares native/build with what would be built now. Where there is no compiler any more, the one of the last
 * build is taken for granted.
 *
 * @param {import('./cpp-compiler.mjs').CppCompiler | null} compiler
 * @param {import('./executorch.mjs').ExecuTorch | null} executorch
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<NativeState>}
 */
export async function inspectNative(compiler, executorch, env = process.env) {
  const stamps = await readNativeStamps();
  const compilerId = compiler?.id ?? stamps.compilerId;
  if (executorch === null || compilerId === null) return { status: 'missing', outdated: [] };
  const inputs = await readNativeInputs(compilerId, executorch, env);
  const wanted = Object.entries(wantedStamps(inputs));
  const missing = wanted.filter(([file]) => !existsSync(path.join(packagePaths.nativeBuild, file)));
  const outdated = wanted.filter(
    (entry) => missing.includes(entry) || stamps.artifacts[entry[0]] !== entry[1],
  );
  const status = missing.length > 0 ? 'missing' : outdated.length > 0 ? 'stale' : 'fresh';
  return { status, outdated: outdated.map(([file]) => file) };
}

/**
 * Every file of a complete native/build (mutants apart) with the hash of what it is made from.
 *
 * @param {import('./native-inputs.mjs').NativeInputs} inputs
 * @returns {Record<string, string>}
 */
export function wantedStamps(inputs) {
  const artifacts = inputs.targets.map(({ artifact, stamp }) => [artifact.file, stamp]);
  return Object.fromEntries([[RUNTIME_LIBRARY, inputs.runtime], ...artifacts]);
}
