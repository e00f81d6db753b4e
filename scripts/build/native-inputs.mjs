import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { hashOf, hashOfFiles, listFiles } from './content-hash.mjs';
import { ARTIFACTS } from './native-artifacts.mjs';
import { packagePaths } from './package-paths.mjs';

const require = createRequire(import.meta.url);

/**
 * The flags of every compilation against a version of ExecuTorch.
 *
 * @param {string} executorchVersion
 * @param {readonly string[]} includeDirs of others' headers, in the order of searching
 * @param {NodeJS.ProcessEnv} [env] `CXXFLAGS` are appended
 * @returns {string[]}
 */
export function compilerFlags(executorchVersion, includeDirs, env = process.env) {
  return [
    '-std=c++17',
    '-O2',
    '-fPIC',
    '-pthread',
    '-fvisibility=hidden',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-DC10_USING_CUSTOM_GENERATED_MACROS',
    '-DET_EVENT_TRACER_ENABLED',
    '-DNAPI_VERSION=8',
    '-DNAPI_DISABLE_CPP_EXCEPTIONS',
    `-DWSB_EXECUTORCH_VERSION="${executorchVersion}"`,
    `-I${packagePaths.native}`,
    ...includeDirs.flatMap((folder) => ['-isystem', folder]),
    ...flagsFrom(env['CXXFLAGS']),
  ];
}

/**
 * @typedef {object} NativeInputs what the native build is made from, hashed
 * @property {string} common hash of everything that goes into every object: headers, flags, compiler, runtime
 * @property {string} runtime hash of libexecutorch.so
 * @property {readonly string[]} flags of every compilation, include folders among them
 * @property {readonly string[]} linkFlags of every link
 * @property {readonly NativeTarget[]} targets those with sources
 *
 * @typedef {object} NativeTarget
 * @property {import('./native-artifacts.mjs').Artifact} artifact
 * @property {readonly NativeSource[]} sources
 * @property {string} stamp hash of all that goes into the artifact
 *
 * @typedef {object} NativeSource
 * @property {string} file absolute
 * @property {string} object name of the object file: tells its content apart, so an existing one is good
 */

/**
 * Reads everything that the native build depends on. Some milliseconds.
 *
 * @param {string} compilerId
 * @param {import('./executorch.mjs').ExecuTorch} executorch
 * @param {NodeJS.ProcessEnv} [env] `CXXFLAGS` and `LDFLAGS` are appended to the flags
 * @returns {Promise<NativeInputs>}
 */
export async function readNativeInputs(compilerId, executorch, env = process.env) {
  const nodeHeaders = path.join(packageFolder('node-api-headers'), 'include');
  const systemIncludes = [...executorch.includeDirs, nodeHeaders, packageFolder('node-addon-api')];
  const flags = compilerFlags(executorch.version, systemIncludes, env);
  const linkFlags = [...flagsFrom(env['CXXFLAGS']), ...flagsFrom(env['LDFLAGS'])];
  const runtime = hashOf([await readFile(executorch.library)]);
  const common = hashOf([
    await hashOfFiles(packagePaths.native, await listHeaders()),
    compilerId,
    runtime,
    versionOf('node-api-headers'),
    versionOf('node-addon-api'),
    ...flags,
    ...linkFlags,
  ]);
  const targets = await Promise.all(ARTIFACTS.map((artifact) => readTarget(artifact, common)));
  return { common, runtime, flags, linkFlags, targets: targets.filter(({ sources }) => sources.length > 0) };
}

/**
 * Name of the object file of a source with this content.
 *
 * @param {string} label tells sources of the same name apart
 * @param {Uint8Array | string} content
 * @param {string} common
 * @returns {string}
 */
export function objectName(label, content, common) {
  return `${label.replace(/[^\w-]+/g, '_')}-${hashOf([label, content, common]).slice(0, 20)}.o`;
}

/**
 * The sources that an artifact names, each with its object.
 *
 * @param {readonly string[]} names below native/: a file, or a folder whose .cpp files are all meant
 * @param {string} common
 * @returns {Promise<NativeSource[]>}
 */
export async function listSources(names, common) {
  const files = await Promise.all(
    names.map((name) =>
      name.endsWith('.cpp')
        ? [path.join(packagePaths.native, name)]
        : listFiles(path.join(packagePaths.native, name), (file) => file.endsWith('.cpp')),
    ),
  );
  return Promise.all(
    files.flat().map(async (file) => ({
      file,
      object: objectName(path.relative(packagePaths.native, file), await readFile(file), common),
    })),
  );
}

/**
 * @param {import('./native-artifacts.mjs').Artifact} artifact
 * @param {string} common
 * @returns {Promise<NativeTarget>}
 */
async function readTarget(artifact, common) {
  const sources = await listSources(artifact.sources, common);
  const stamp = hashOf([JSON.stringify(artifact), ...sources.map(({ object }) => object)]);
  return { artifact, sources, stamp };
}

/** @returns {Promise<string[]>} our own headers; a change of any of them compiles everything again */
async function listHeaders() {
  const isOurs = (/** @type {string} */ name) => name !== 'build' && !name.startsWith('.');
  const folders = (await readdir(packagePaths.native)).filter(isOurs);
  const lists = await Promise.all(
    folders.map((name) => listFiles(path.join(packagePaths.native, name), (file) => file.endsWith('.h'))),
  );
  return lists.flat();
}

/** @param {string | undefined} text */
function flagsFrom(text) {
  return (text ?? '').split(/\s+/).filter((flag) => flag !== '');
}

/** @param {string} name */
function packageFolder(name) {
  return path.dirname(require.resolve(`${name}/package.json`));
}

/** @param {string} name */
function versionOf(name) {
  /** @type {{version: string}} */
  const description = require(`${name}/package.json`);
  return `${name}@${description.version}`;
}
