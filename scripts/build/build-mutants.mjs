import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { applyPatch } from './apply-patch.mjs';
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
 * @typedef {object} Patch text that occurs exactly once in a file below native/delegate, and what takes its place
 * @property {string} file
 * @property {string} find
 * @property {string} replace
 */

/**
 * @typedef {object} Mutant a build of the delegate with some of its sources patched
 * @property {string} name
 * @property {readonly Patch[]} patch
 */

const CATALOGUE = path.join(packagePaths.root, 'conformance/catalogue/catalogue.json');

/**
 * The builds that conformance/catalogue/catalogue.json lists: of delegates that are wrong on purpose, and of baselines, which
 * measurements are compared with.
 *
 * @returns {Promise<{ mutants: Mutant[], baselines: Mutant[] }>}
 */
export async function readMutants() {
  const { wrongImplementations, baselines } = JSON.parse(await readFile(CATALOGUE, 'utf8'));
  const isMutant = (/** @type {Partial<Mutant>} */ { patch }) => patch !== undefined;
  return { mutants: wrongImplementations.filter(isMutant), baselines };
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
  const { mutants, baselines } = await readMutants();
  if (names === null) return mutants;
  const all = [...mutants, ...baselines];
  return names.map((name) => {
    const mutant = all.find((candidate) => candidate.name === name);
    if (mutant !== undefined) return mutant;
    const known = all.map((candidate) => candidate.name).join(', ');
    throw new BuildError(`There is no mutant "${name}". Known: ${known}.`, '');
  });
}

/**
 * Writes the changed sources of a mutant and says what its library is made from.
 *
 * @param {Mutant} mutant
 * @param {import('./native-inputs.mjs').NativeTarget} delegate
 * @param {string} common
 */
async function planMutant({ name, patch }, delegate, common) {
  const folder = path.join('mutants', name);
  const changed = new Map();
  for (const file of new Set(patch.map((part) => part.file))) {
    const original = path.join(packagePaths.native, 'delegate', file);
    const content = applyPatch(name, file, patch, await readFile(original, 'utf8'));
    const label = path.join(folder, path.basename(file));
    changed.set(original, {
      file: path.join(packagePaths.nativeBuild, label),
      object: objectName(label, content, common),
      // What the original includes by its bare name lies beside the original.
      flags: ['-iquote', path.dirname(original)],
    });
    await mkdir(path.join(packagePaths.nativeBuild, folder), { recursive: true });
    await writeFileAtomically(path.join(packagePaths.nativeBuild, label), content);
  }
  const sources = delegate.sources.map((source) => changed.get(source.file) ?? source);
  for (const [original, source] of changed) {
    if (!sources.includes(source))
      throw new BuildError(`Mutant "${name}": ${original} is no source file.`, '');
  }
  const output = path.join(folder, DELEGATE_LIBRARY);
  return { output, sources, stamp: hashOf(sources.map(({ object }) => object)) };
}
