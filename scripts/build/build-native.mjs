import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { BuildError, PrerequisiteError } from './build-errors.mjs';
import { withBuildLock } from './build-lock.mjs';
import { findCMake, requireCMake } from './cmake.mjs';
import { hashOfFiles, listFiles } from './content-hash.mjs';
import { checkCppCompiler, findCppCompiler } from './cpp-compiler.mjs';
import { locateExecuTorch, requireExecuTorch } from './executorch.mjs';
import { BUILT_MARK, isCheckout } from './native-home.mjs';
import { packagePaths } from './package-paths.mjs';
import { checkPython, findPython } from './python.mjs';
import { isFetched, requireWheel, wheelFolder, WHEELS } from './wheels.mjs';
import { writeFileAtomically } from './write-file-atomically.mjs';

const require = createRequire(import.meta.url);
const SETTINGS = path.join(packagePaths.nativeBuild, 'settings.json');
const MARK = path.join(packagePaths.nativeBuild, BUILT_MARK);
/** Compilers at work at a time; each takes up to half a gigabyte. */
const JOBS = Math.min(availableParallelism(), 8);

/** The target of the host of the released upstream delegate; what it makes, below native/build. */
const UPSTREAM = Object.freeze({ target: 'upstream', file: 'upstream/wsb-host-upstream' });

/**
 * @typedef {object} Settings what CMake was configured with; a build with others begins anew
 * @property {Readonly<Record<string, string>>} toolchain
 * @property {boolean} upstream whether the upstream delegate was there
 */

/**
 * Builds what is not fresh of targets of native/CMakeLists.txt: fetches what is missing,
 * configures, runs Ninja.
 *
 * @param {object} options
 * @param {(message: string) => void} options.say progress, a line a message
 * @param {readonly string[]} [options.targets]
 * @param {boolean} [options.force] build although nothing changed
 * @returns {Promise<'fresh' | 'built'>}
 * @throws {PrerequisiteError} with everything that is missing; nothing was written then
 * @throws {BuildError} when the sources do not compile, with the compiler's output
 */
export async function buildNative({ say, targets = ['all'], force = false }) {
  if (!force && (await inspectNative(targets)) === 'fresh') {
    await noteBuilt(targets);
    return 'fresh';
  }
  await requireToolchain();
  return withBuildLock(say, async () => {
    if (!force && (await inspectNative(targets)) === 'fresh') return 'fresh';
    const started = performance.now();
    const { root } = await requireExecuTorch(say);
    const tools = await requireCMake(say);
    if (targets.includes(UPSTREAM.target)) {
      await requireWheel(WHEELS.upstream, say, process.env['WSB_UPSTREAM_WHEEL']);
      await requireWheel(WHEELS.upstreamHeaders, say, process.env['WSB_UPSTREAM_EXECUTORCH_WHEEL']);
    }
    const isAll = targets.includes('all');
    if (isAll) await rm(MARK, { force: true });
    await configure(tools, await currentSettings(root), force);
    await runNinja(tools.ninja, targets, say);
    await noteBuilt(targets);
    const what = isAll ? 'native part' : targets.join(', ');
    say(`${what} built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return 'built';
  });
}

/**
 * How native/build stands to the sources; reads only. Where there is no compiler any more, the one
 * of the last build is taken for granted.
 *
 * @param {readonly string[]} [targets]
 * @returns {Promise<'fresh' | 'stale' | 'missing'>}
 */
export async function inspectNative(targets = ['all']) {
  const made = await readSettings();
  if (made === null) return 'missing';
  const runtime = locateExecuTorch();
  const { ninja } = await findCMake();
  if (!('found' in runtime) || ninja === null) return 'stale';
  if (JSON.stringify(made) !== JSON.stringify(await currentSettings(runtime.found.root, made)))
    return 'stale';
  const dry = await execa(ninja, ['-C', packagePaths.nativeBuild, '-n', ...targets], {
    reject: false,
    stdin: 'ignore',
  });
  return !dry.failed && dry.stdout.endsWith('ninja: no work to do.') ? 'fresh' : 'stale';
}

/**
 * Fetches the runner of the subject `upstream-runner` and the files of the exporter `upstream`,
 * unless they are there.
 *
 * @param {(message: string) => void} say
 */
export async function fetchTorchTensorRt(say) {
  await withBuildLock(say, () =>
    requireWheel(WHEELS.upstreamRunner, say, process.env['WSB_UPSTREAM_RUNNER_WHEEL']),
  );
}

/** Whether a host of the upstream delegate was built before, maybe of other sources. */
export function isUpstreamBuilt() {
  return existsSync(path.join(packagePaths.nativeBuild, UPSTREAM.file));
}

/** Everything that is missing in one error, rather than one after another. */
async function requireToolchain() {
  const { cmake, ninja } = await findCMake();
  const runtime = locateExecuTorch();
  const isWrong = 'missing' in runtime && Boolean(process.env['EXECUTORCH_ROOT']);
  const fetches = cmake === null || ninja === null || ('missing' in runtime && !isWrong);
  const problems = [
    await checkCppCompiler(await findCppCompiler()),
    isWrong ? runtime.missing : null,
    fetches ? checkPython(await findPython()) : null,
  ];
  const missing = problems.filter((problem) => problem !== null);
  if (missing.length > 0) throw new PrerequisiteError(missing);
}

/**
 * @param {string} executorch
 * @param {Settings} [made] those of the last build, for want of a compiler
 * @returns {Promise<Settings>}
 */
async function currentSettings(executorch, made) {
  const compiler = await findCppCompiler();
  return {
    toolchain: {
      root: packagePaths.root,
      compiler:
        compiler === null
          ? (made?.toolchain['compiler'] ?? '')
          : [compiler.command, ...compiler.args].join(' '),
      id: compiler === null ? (made?.toolchain['id'] ?? '') : compiler.id,
      flags: process.env['CXXFLAGS'] ?? '',
      linkFlags: process.env['LDFLAGS'] ?? '',
      executorch,
      headers: packageFolder('node-api-headers'),
      addonApi: packageFolder('node-addon-api'),
      versions: `${versionOf('node-api-headers')} ${versionOf('node-addon-api')}`,
      ...(isCheckout(packagePaths.root) ? {} : { sources: await packedSources() }),
    },
    upstream: isFetched(WHEELS.upstream) && isFetched(WHEELS.upstreamHeaders),
  };
}

/**
 * What a package is built from, as a hash: all files of one have the same time, by which Ninja
 * would take those of another version for built.
 */
async function packedSources() {
  const isSource = (/** @type {string} */ file) => /\.(?:cpp|h|cmake|txt)$/.test(file);
  const files = await listFiles(packagePaths.native, (file) => isSource(file) && !isMade(file));
  return hashOfFiles(packagePaths.native, files);
}

/** @param {string} file */
function isMade(file) {
  return [packagePaths.nativeBuild, packagePaths.dependencies].some((folder) => file.startsWith(folder));
}

/**
 * Notes that all is built, for conformance/subjects/built-native.ts, which builds nothing then.
 *
 * @param {readonly string[]} targets that were built
 */
async function noteBuilt(targets) {
  if (!targets.includes('all') || isCheckout(packagePaths.root)) return;
  /** @type {{version?: string}} */
  const { version = '' } = require(path.join(packagePaths.root, 'package.json'));
  const mark = `${version} ${path.resolve(packagePaths.root)}\n`;
  if ((await readFile(MARK, 'utf8').catch(() => '')) !== mark) await writeFileAtomically(MARK, mark);
}

/** @returns {Promise<Settings | null>} null when nothing was configured, or that is not known */
async function readSettings() {
  try {
    return JSON.parse(await readFile(SETTINGS, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Configures native/build unless it is already so. With another toolchain what was made is removed:
 * Ninja compares times and commands, and sees no newer compiler under the same name.
 *
 * @param {import('./cmake.mjs').CMake} tools
 * @param {Settings} settings
 * @param {boolean} force
 */
async function configure({ cmake, ninja }, settings, force) {
  const made = await readSettings();
  if (!force && JSON.stringify(made) === JSON.stringify(settings)) return;
  // One that is cut short leaves none, and is made again.
  await rm(SETTINGS, { force: true });
  const { toolchain, upstream } = settings;
  const args = [
    ...['--preset', 'default', '-B', packagePaths.nativeBuild, '--fresh', '--log-level=WARNING'],
    `-DCMAKE_MAKE_PROGRAM=${ninja}`,
    `-DEXECUTORCH_ROOT=${toolchain['executorch']}`,
    `-DWSB_NODE_API_HEADERS=${toolchain['headers']}`,
    `-DWSB_NODE_ADDON_API=${toolchain['addonApi']}`,
    `-DWSB_UPSTREAM_DELEGATE=${upstream ? wheelFolder(WHEELS.upstream) : ''}`,
    `-DWSB_UPSTREAM_HEADERS=${upstream ? wheelFolder(WHEELS.upstreamHeaders) : ''}`,
  ];
  const env = { LC_ALL: 'C', CXX: toolchain['compiler'] };
  const result = await execa(cmake, args, {
    cwd: packagePaths.native,
    env,
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  if (result.failed) throw new BuildError('CMake could not configure the native part:', output(result));
  if (force || JSON.stringify(made?.toolchain) !== JSON.stringify(toolchain)) {
    await execa(ninja, ['-C', packagePaths.nativeBuild, '-t', 'clean'], { stdin: 'ignore' });
  }
  await writeFileAtomically(SETTINGS, `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * @param {string} ninja
 * @param {readonly string[]} targets
 * @param {(message: string) => void} say how far it is, every few seconds
 * @throws {BuildError} with what failed; everything else was built first
 */
async function runNinja(ninja, targets, say) {
  let last = performance.now();
  const report = function* (/** @type {unknown} */ line) {
    const [, done, all] = /^\[(\d+)\/(\d+)\]/.exec(String(line)) ?? [];
    if (all === undefined) {
      yield line;
    } else if (performance.now() - last > 5000 && done !== all) {
      last = performance.now();
      say(`built ${done} of ${all} native files`);
    }
  };
  const result = await execa(
    ninja,
    ['-C', packagePaths.nativeBuild, '-j', String(JOBS), '-k', '0', ...targets],
    {
      env: { LC_ALL: 'C', NINJA_STATUS: '[%f/%t] ' },
      reject: false,
      stdin: 'ignore',
      stdout: report,
      all: true,
    },
  );
  const unknown = /unknown target '([^']*)'/.exec(output(result))?.[1];
  if (unknown !== undefined) {
    throw new BuildError(`There is no target "${unknown}" in native/CMakeLists.txt or the catalogue.`, '');
  }
  if (result.failed) throw new BuildError('The native part could not be built:', output(result));
}

/** @param {{all?: unknown, shortMessage?: string | undefined}} result */
function output({ all, shortMessage }) {
  return String(all || shortMessage);
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
