import path from 'node:path';

import { PrerequisiteError } from './build-errors.mjs';
import { withBuildLock } from './build-lock.mjs';
import { compileSources, copyIntoBuild, linkArtifact } from './compile-native.mjs';
import { checkCppCompiler, findCppCompiler } from './cpp-compiler.mjs';
import { EXECUTORCH_VERSION, locateExecuTorch } from './executorch.mjs';
import { fetchExecuTorch } from './fetch-executorch.mjs';
import { RUNTIME_LIBRARY } from './native-artifacts.mjs';
import { readNativeInputs } from './native-inputs.mjs';
import { addNativeStamps, readNativeStamps } from './native-stamps.mjs';
import { inspectNative, wantedStamps } from './native-state.mjs';
import { checkPython, findPython } from './python.mjs';

/**
 * Builds what is not fresh of the native part: fetches the runtime when there is none, compiles, links.
 *
 * @param {object} options
 * @param {(message: string) => void} options.say progress, a line a message
 * @param {boolean} [options.force] build although nothing changed
 * @returns {Promise<'fresh' | 'built'>}
 * @throws {PrerequisiteError} with everything that is missing; nothing was written then
 * @throws {BuildError} when the sources do not compile
 */
export async function buildNative({ say, force = false }) {
  if (!force && (await isFresh())) return 'fresh';
  await requireToolchain();
  return withBuildLock(say, async () => {
    if (!force && (await isFresh())) return 'fresh';
    const started = performance.now();
    const { compiler, executorch } = await openToolchain(say);
    const inputs = await readNativeInputs(compiler.id, executorch);
    const stamps = wantedStamps(inputs);
    const made = force ? {} : (await readNativeStamps()).artifacts;
    const toolchain = { compiler, flags: inputs.flags, linkFlags: inputs.linkFlags };
    await compileSources(
      toolchain,
      inputs.targets.flatMap(({ sources }) => sources),
      countAloud(say),
    );
    await copyIntoBuild(executorch.library, RUNTIME_LIBRARY);
    for (const library of executorch.kernels) await copyIntoBuild(library, path.basename(library));
    for (const { artifact, sources } of inputs.targets) {
      if (made[artifact.file] === stamps[artifact.file]) continue;
      const objects = sources.map(({ object }) => object);
      await linkArtifact(toolchain, { ...artifact, output: artifact.file, objects });
    }
    await addNativeStamps(compiler.id, stamps);
    say(`native part built in ${seconds(started)}`);
    return 'built';
  });
}

/**
 * The compiler and the runtime, which is fetched when it has to be. To be called by the owner of the build lock.
 *
 * @param {(message: string) => void} say
 * @throws {PrerequisiteError}
 */
export async function openToolchain(say) {
  const compiler = await findCppCompiler();
  const missing = await checkCppCompiler(compiler);
  if (compiler === null || missing !== null) throw new PrerequisiteError(missing === null ? [] : [missing]);
  return { compiler, executorch: await openRuntime(say) };
}

/**
 * The ExecuTorch runtime, which is fetched when it has to be. To be called by the owner of the build lock.
 *
 * @param {(message: string) => void} say
 * @returns {Promise<import('./executorch.mjs').ExecuTorch>}
 * @throws {PrerequisiteError}
 */
export async function openRuntime(say) {
  let runtime = locateExecuTorch();
  if ('missing' in runtime && !process.env['EXECUTORCH_ROOT']) {
    say(`fetching the ExecuTorch ${EXECUTORCH_VERSION} runtime with pip (19 MB)`);
    await fetchExecuTorch();
    runtime = locateExecuTorch();
  }
  if ('missing' in runtime) throw new PrerequisiteError([runtime.missing]);
  return runtime.found;
}

/**
 * Says how far compiling is, every few seconds.
 *
 * @param {(message: string) => void} say
 * @returns {(done: number, all: number) => void}
 */
export function countAloud(say) {
  let last = performance.now();
  return (done, all) => {
    if (performance.now() - last < 5000 || done === all) return;
    last = performance.now();
    say(`compiled ${done} of ${all} native files`);
  };
}

/** @returns {Promise<boolean>} */
async function isFresh() {
  const runtime = locateExecuTorch();
  const executorch = 'found' in runtime ? runtime.found : null;
  return (await inspectNative(await findCppCompiler(), executorch)).status === 'fresh';
}

/** Everything that is missing in one error, rather than one after another. */
async function requireToolchain() {
  const problems = [await checkCppCompiler(await findCppCompiler())];
  const runtime = locateExecuTorch();
  if ('missing' in runtime) {
    problems.push(process.env['EXECUTORCH_ROOT'] ? runtime.missing : checkPython(await findPython()));
  }
  const missing = problems.filter((problem) => problem !== null);
  if (missing.length > 0) throw new PrerequisiteError(missing);
}

/** @param {number} started */
function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
