import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { applyMutation } from './apply-mutation.mjs';
import { BuildError } from './build-errors.mjs';
import { withBuildLock } from './build-lock.mjs';
import { countAloud, openToolchain } from './build-native.mjs';
import { compileSources, linkArtifact } from './compile-native.mjs';
import { hashOf } from './content-hash.mjs';
import { DELEGATE_LIBRARY, RUNTIME_LIBRARY } from './native-artifacts.mjs';
import { objectName, readNativeInputs } from './native-inputs.mjs';
import { addNativeStamps, readNativeStamps } from './native-stamps.mjs';
import { packagePaths } from './package-paths.mjs';
import { writeFileAtomically } from './write-file-atomically.mjs';

/**
 * @typedef {object} Mutant a delegate with one replacement in one of its sources
 * @property {string} name
 * @property {string} description
 * @property {string} file below native/delegate
 * @property {string} find text that occurs exactly once in that file
 * @property {string} replace
 */

/**
 * What is listed in a file of native/mutants: in mutants.json delegates with one deliberate error each, which the suite has to find; in
 * baselines.json others that measurements are compared with.
 *
 * @param {'mutants.json' | 'baselines.json'} list
 * @returns {Promise<Mutant[]>}
 */
export async function readMutants(list) {
  const file = path.join(packagePaths.mutants, list);
  if (!existsSync(file)) return [];
  return JSON.parse(await readFile(file, 'utf8'));
}

/**
 * Builds mutants of the delegate, and baselines, that are not fresh; the native part itself has to be built. Each lands in
 * native/build/mutants/NAME.
 *
 * @param {object} options
 * @param {readonly string[] | null} options.names null for all mutants
 * @param {(message: string) => void} options.say
 * @throws {BuildError} for a name that is not listed, or a replacement that does not fit its source
 * @throws {import('./build-errors.mjs').PrerequisiteError}
 */
export async function buildMutants({ names, say }) {
  const mutants = await selectMutants(names);
  await withBuildLock(say, async () => {
    const { compiler, executorch } = await openToolchain(say);
    const inputs = await readNativeInputs(compiler.id, executorch);
    const delegate = inputs.targets.find(({ artifact }) => artifact.file === DELEGATE_LIBRARY);
    if (delegate === undefined) throw new BuildError('The delegate has no sources to change.', '');
    const built = (await readNativeStamps()).artifacts;
    const planned = await Promise.all(mutants.map((mutant) => planMutant(mutant, delegate, inputs.common)));
    const stale = planned.filter(({ output, stamp }) => {
      return built[output] !== stamp || !existsSync(path.join(packagePaths.nativeBuild, output));
    });
    const toolchain = { compiler, flags: inputs.flags, linkFlags: inputs.linkFlags };
    await compileSources(
      toolchain,
      stale.flatMap(({ sources }) => sources),
      countAloud(say),
    );
    for (const { output, stamp, sources } of stale) {
      const objects = sources.map(({ object }) => object);
      const link = {
        output,
        objects,
        kind: delegate.artifact.kind,
        libraries: [RUNTIME_LIBRARY],
        resolved: true,
      };
      await linkArtifact(toolchain, link);
      await addNativeStamps(compiler.id, { [output]: stamp });
    }
  });
}

/**
 * @param {readonly string[] | null} names
 * @returns {Promise<Mutant[]>}
 */
async function selectMutants(names) {
  const mutants = await readMutants('mutants.json');
  if (names === null) return mutants;
  const all = [...mutants, ...(await readMutants('baselines.json'))];
  return names.map((name) => {
    const mutant = all.find((candidate) => candidate.name === name);
    if (mutant !== undefined) return mutant;
    const known = all.map((candidate) => candidate.name).join(', ');
    throw new BuildError(`There is no mutant "${name}". Known: ${known}.`, '');
  });
}

/**
 * Writes the changed source of a mutant and says what its library is made from.
 *
 * @param {Mutant} mutant
 * @param {import('./native-inputs.mjs').NativeTarget} delegate
 * @param {string} common
 */
async function planMutant(mutant, delegate, common) {
  const original = path.join(packagePaths.native, 'delegate', mutant.file);
  const content = applyMutation(mutant, await readFile(original, 'utf8'));
  const label = path.join('mutants', mutant.name, path.basename(mutant.file));
  const changed = {
    file: path.join(packagePaths.nativeBuild, label),
    object: objectName(label, content, common),
    // What the original includes by its bare name lies beside the original.
    flags: ['-iquote', path.dirname(original)],
  };
  await mkdir(path.dirname(changed.file), { recursive: true });
  await writeFileAtomically(changed.file, content);
  const sources = delegate.sources.map((source) => (source.file === original ? changed : source));
  if (!sources.includes(changed)) {
    throw new BuildError(`Mutant "${mutant.name}": native/delegate/${mutant.file} is no source file.`, '');
  }
  const output = path.join('mutants', mutant.name, DELEGATE_LIBRARY);
  return { output, sources, stamp: hashOf(sources.map(({ object }) => object)) };
}
