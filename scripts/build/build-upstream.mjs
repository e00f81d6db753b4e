import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';

import { PrerequisiteError } from './build-errors.mjs';
import { withBuildLock } from './build-lock.mjs';
import { countAloud, openToolchain } from './build-native.mjs';
import { compileSources, copyIntoBuild, linkArtifact } from './compile-native.mjs';
import { hashOf, hashOfFiles, listFiles } from './content-hash.mjs';
import { readElf } from './elf-symbols.mjs';
import { fetchUpstream } from './fetch-upstream.mjs';
import { CUDART_SOURCES, HOST_SOURCES, NVINFER_SOURCES, SIMULATOR_LIBRARY } from './native-artifacts.mjs';
import { compilerFlags, listSources, objectName, readNativeInputs } from './native-inputs.mjs';
import { addNativeStamps, readNativeStamps } from './native-stamps.mjs';
import { packagePaths } from './package-paths.mjs';
import { CUDART_NAME, findStubs, NVINFER_NAME, writeStubs } from './upstream-stubs.mjs';
import { DELEGATE_WHEEL, HEADERS_WHEEL, UPSTREAM_EXECUTORCH_VERSION, UPSTREAM_VERSION } from './upstream.mjs';
import { writeFileAtomically } from './write-file-atomically.mjs';

/** Runs the released upstream delegate (spec/protocol.md); a path below native/build. */
export const UPSTREAM_EXECUTABLE = 'upstream/wsb-host-upstream';

/** The library that stands for those of torch and Python. */
const STUB_LIBRARY = 'libtorch_cpu.so';

const STUBS = path.join(packagePaths.native, 'upstream/stubs');
const REPLACE_COLD = '_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE15_M_replace_coldEPcmPKcmm';

/**
 * Builds the host of the released upstream delegate, fetching the delegate when it is not there yet. The native
 * part itself has to be built.
 *
 * @param {object} options
 * @param {(message: string) => void} options.say progress, a line a message
 * @returns {Promise<'fresh' | 'built'>}
 * @throws {import('./build-errors.mjs').BuildError} when something does not compile
 * @throws {PrerequisiteError} when something is missing, or this machine is none that the release runs on
 */
export async function buildUpstream({ say }) {
  return withBuildLock(say, async () => {
    const { compiler, executorch } = await openToolchain(say);
    await fetchUpstream(say);
    const inputs = await readNativeInputs(compiler.id, executorch);
    const stamp = await stampOf(inputs.common);
    const built = (await readNativeStamps()).artifacts;
    if (built[UPSTREAM_EXECUTABLE] === stamp && existsSync(inBuild(UPSTREAM_EXECUTABLE))) return 'fresh';

    const started = performance.now();
    const toolchain = { compiler, flags: inputs.flags, linkFlags: inputs.linkFlags };
    const libraries = await copyLibraries();
    const stubs = await findMissing(libraries, compiler.command);
    await linkStubs(toolchain, stubs, inputs.common);
    const host = await hostSources(inputs.common);
    await compileSources({ ...toolchain, flags: hostFlags(executorch) }, host, countAloud(say));
    await linkArtifact(toolchain, {
      output: UPSTREAM_EXECUTABLE,
      kind: 'executable',
      objects: host.map(({ object }) => object),
      libraries: libraries.map(({ file }) => file),
      resolved: true,
      // Found through the executable by libraries that do not say where to look.
      flags: ['-Wl,--disable-new-dtags', '-Wl,-rpath,$ORIGIN', `-Wl,-rpath-link,${inBuild('upstream')}`],
    });
    await addNativeStamps(compiler.id, { [UPSTREAM_EXECUTABLE]: stamp });
    say(`host of the upstream delegate built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return 'built';
  });
}

/** Whether a host was built before, maybe of other sources. */
export function isUpstreamBuilt() {
  return existsSync(inBuild(UPSTREAM_EXECUTABLE));
}

/**
 * Copies the wheel's libraries, each to the name under which it is looked for.
 *
 * @returns {Promise<{file: string, elf: import('./elf-symbols.mjs').ElfLibrary}[]>} paths below native/build
 */
async function copyLibraries() {
  const files = await listFiles(DELEGATE_WHEEL.folder, (file) => file.endsWith('.so'));
  return Promise.all(
    files.map(async (file) => {
      const elf = readElf(await readFile(file));
      const copy = path.join('upstream', elf.soname ?? path.basename(file));
      await copyIntoBuild(file, copy);
      return { file: copy, elf };
    }),
  );
}

/**
 * @param {readonly {elf: import('./elf-symbols.mjs').ElfLibrary}[]} libraries
 * @param {string} compiler
 * @throws {PrerequisiteError} when the system is older than the wheel asks for
 */
async function findMissing(libraries, compiler) {
  const upstream = libraries.map(({ elf }) => elf);
  const names = [...new Set(upstream.flatMap(({ needed }) => needed))];
  const system = await Promise.all(names.map((name) => readSystemLibrary(name, compiler)));
  const stubs = findStubs(
    upstream,
    system.filter((library) => library !== null),
  );
  const [example] = stubs.unsupported;
  if (example === undefined) return stubs;
  throw new PrerequisiteError([
    {
      what: `The upstream delegate does not run on this system: its C or C++ library lacks ${stubs.unsupported.length} symbols, such as ${example}.`,
      remedy: 'Use a Linux with glibc 2.28 and the libstdc++ of GCC 9, or newer.',
    },
  ]);
}

/**
 * A library of the system, where the compiler finds it; null when the system has none of that name.
 *
 * @param {string} name
 * @param {string} compiler
 */
async function readSystemLibrary(name, compiler) {
  const { stdout } = await execa(compiler, [`-print-file-name=${name}`], { stdin: 'ignore' });
  return path.isAbsolute(stdout) ? readElf(await readFile(stdout)) : null;
}

/**
 * @param {import('./compile-native.mjs').Toolchain} toolchain
 * @param {import('./upstream-stubs.mjs').Stubs} stubs
 * @param {string} common
 */
async function linkStubs(toolchain, stubs, common) {
  const torch = [
    ...(await listSources(['upstream/stubs/processor.cpp'], common)),
    ...(stubs.symbols.includes(REPLACE_COLD)
      ? await listSources(['upstream/stubs/string_replace.cpp'], common)
      : []),
    await generate('missing_symbols.cpp', stubs.symbols, common),
  ];
  const cudart = [
    ...(await listSources([...CUDART_SOURCES, 'upstream/stubs/cuda_registration.cpp'], common)),
    await generate('missing_cuda.cpp', stubs.cudart, common),
  ];
  const nvinfer = await listSources(NVINFER_SOURCES, common);
  await compileSources(toolchain, [...torch, ...cudart, ...nvinfer], () => {});
  const link = async (
    /** @type {string} */ name,
    /** @type {readonly {object: string}[]} */ sources,
    /** @type {readonly string[]} */ libraries,
    /** @type {{versionNode?: string}} */ more = {},
  ) =>
    linkArtifact(toolchain, {
      output: path.join('upstream', name),
      kind: 'library',
      objects: sources.map(({ object }) => object),
      libraries,
      resolved: true,
      ...more,
    });
  await link(CUDART_NAME, cudart, [SIMULATOR_LIBRARY], { versionNode: CUDART_NAME });
  await link(NVINFER_NAME, nvinfer, [SIMULATOR_LIBRARY]);
  for (const name of new Set([STUB_LIBRARY, ...stubs.libraries])) {
    await link(name, name === STUB_LIBRARY ? torch : [], []);
  }
}

/**
 * Writes a source of stand-ins.
 *
 * @param {string} name
 * @param {readonly string[]} symbols
 * @param {string} common
 */
async function generate(name, symbols, common) {
  const file = inBuild(path.join('upstream', name));
  const content = writeStubs(symbols);
  await writeFileAtomically(file, content);
  return { file, object: objectName(path.join('upstream', name), content, common) };
}

/**
 * The sources of the host, compiled for upstream's ExecuTorch.
 *
 * @param {string} common
 */
async function hostSources(common) {
  const sources = await listSources([...HOST_SOURCES, 'upstream/wsb_host_upstream.cpp'], common);
  // Other objects than those of the same sources for our ExecuTorch.
  return sources.map(({ file, object }) => ({ file, object: `upstream_${object}` }));
}

/** @param {import('./executorch.mjs').ExecuTorch} executorch */
function hostFlags(executorch) {
  const include = path.join(HEADERS_WHEEL.folder, 'include');
  // The wheel lacks the headers of Module and of the data loaders, whose layout is that of our ExecuTorch.
  const folders = [
    include,
    path.join(include, 'executorch/runtime/core/portable_type/c10'),
    ...executorch.includeDirs,
  ];
  return [
    ...compilerFlags(UPSTREAM_EXECUTORCH_VERSION, folders),
    `-DWSB_UPSTREAM_VERSION="${UPSTREAM_VERSION}"`,
  ];
}

/**
 * Hash of everything that the host is made from.
 *
 * @param {string} common
 */
async function stampOf(common) {
  const sources = await Promise.all(
    [...HOST_SOURCES, ...CUDART_SOURCES, ...NVINFER_SOURCES, 'upstream'].map((source) =>
      listSources([source], common),
    ),
  );
  const objects = sources.flat().map(({ object }) => object);
  const stubs = await hashOfFiles(packagePaths.root, [
    path.join(packagePaths.root, 'scripts/build/upstream-stubs.mjs'),
    path.join(packagePaths.root, 'scripts/build/build-upstream.mjs'),
    ...(await listFiles(STUBS, () => true)),
  ]);
  return hashOf([DELEGATE_WHEEL.sha256, HEADERS_WHEEL.sha256, stubs, ...objects]);
}

/** @param {string} file */
function inBuild(file) {
  return path.join(packagePaths.nativeBuild, file);
}
