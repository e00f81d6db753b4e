import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';

import { BuildError } from './build-errors.mjs';
import { displayPath, packagePaths } from './package-paths.mjs';
import { writeFileAtomically } from './write-file-atomically.mjs';

const JOBS = 2;

/**
 * @typedef {object} Toolchain
 * @property {import('./cpp-compiler.mjs').CppCompiler} compiler
 * @property {readonly string[]} flags
 * @property {readonly string[]} linkFlags
 */

/**
 * Compiles the sources whose object does not exist yet, two at a time, each to a file that appears when it is
 * whole.
 *
 * @param {Toolchain} toolchain
 * @param {readonly {file: string, object: string, flags?: readonly string[]}[]} sources
 * @param {(done: number, all: number) => void} progress
 * @throws {BuildError} with the compiler's output; the other sources are compiled first
 */
export async function compileSources(toolchain, sources, progress) {
  await mkdir(packagePaths.objects, { recursive: true });
  const unique = new Map(sources.map((source) => [source.object, source]));
  const queue = [...unique.values()].filter(({ object }) => !existsSync(objectPath(object)));
  const all = queue.length;
  let done = 0;
  /** @type {BuildError[]} */
  const failures = [];
  const worker = async () => {
    for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
      const temporary = `${objectPath(source.object)}.${randomUUID()}.tmp`;
      const flags = [...toolchain.flags, ...(source.flags ?? []), '-c', source.file, '-o', temporary];
      const failure = await runCompiler(toolchain, flags, `compile ${displayPath(source.file)}`);
      if (failure === null) {
        await rename(temporary, objectPath(source.object));
        await removeOlderObjects(source.object);
      } else {
        await rm(temporary, { force: true });
        failures.push(failure);
      }
      done += 1;
      progress(done, all);
    }
  };
  await Promise.all(Array.from({ length: JOBS }, worker));
  const [first] = failures;
  if (first !== undefined) throw first;
}

/**
 * Links objects to a shared library or an executable that appears when it is whole. Libraries are searched in
 * native/build, at link time and (relative to the result) at run time.
 *
 * @param {Toolchain} toolchain
 * @param {object} what
 * @param {string} what.output path below native/build
 * @param {'library' | 'executable'} what.kind
 * @param {readonly string[]} what.objects
 * @param {readonly string[]} what.libraries paths below native/build
 * @param {boolean} what.resolved
 * @param {string} [what.versionNode]
 * @param {readonly string[]} [what.flags] further ones
 * @throws {BuildError}
 */
export async function linkArtifact(toolchain, what) {
  const { output, kind, objects, libraries, resolved, versionNode, flags = [] } = what;
  const target = path.join(packagePaths.nativeBuild, output);
  await mkdir(path.dirname(target), { recursive: true });
  const temporary = `${target}.${randomUUID()}.tmp`;
  const up = path.relative(path.dirname(output), '.');
  const runtimePath = up === '' ? '$ORIGIN' : `$ORIGIN/${up}`;
  const failure = await runCompiler(
    toolchain,
    [
      ...(kind === 'library' ? ['-shared', `-Wl,-soname,${path.basename(output)}`] : []),
      ...['-pthread', '-o', temporary, ...objects.map(objectPath)],
      ...[`-Wl,-rpath,${runtimePath}`, '-Wl,--build-id'],
      ...(resolved ? ['-Wl,--no-undefined'] : []),
      ...(versionNode === undefined ? [] : [`-Wl,--version-script,${await versionScript(versionNode)}`]),
      ...flags,
      ...libraries.map((library) => path.join(packagePaths.nativeBuild, library)),
      '-ldl',
      ...toolchain.linkFlags,
    ],
    `link ${displayPath(target)}`,
  );
  if (failure !== null) {
    await rm(temporary, { force: true });
    throw failure;
  }
  await rename(temporary, target);
}

/**
 * Writes the linker script that gives a version to all that a CUDA runtime exports.
 *
 * @param {string} node name of the version
 * @returns {Promise<string>} the file
 */
async function versionScript(node) {
  const file = path.join(packagePaths.objects, `${node}.map`);
  await writeFileAtomically(file, `${node} { global: cuda*; __cuda*; local: *; };\n`);
  return file;
}

/**
 * Copies a file into native/build; it appears when it is whole.
 *
 * @param {string} from
 * @param {string} name path below native/build
 */
export async function copyIntoBuild(from, name) {
  const target = path.join(packagePaths.nativeBuild, name);
  const temporary = `${target}.${randomUUID()}.tmp`;
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(from, temporary);
  await rename(temporary, target);
}

/** @param {string} object */
function objectPath(object) {
  return path.join(packagePaths.objects, object);
}

/**
 * Objects of earlier contents of the same source are of no use any more.
 *
 * @param {string} object
 */
async function removeOlderObjects(object) {
  const label = object.slice(0, object.lastIndexOf('-') + 1);
  for (const name of await readdir(packagePaths.objects)) {
    const older =
      name.startsWith(label) && name !== object && /^[0-9a-f]+\.o$/.test(name.slice(label.length));
    if (older) await rm(path.join(packagePaths.objects, name), { force: true });
  }
}

/**
 * @param {Toolchain} toolchain
 * @param {readonly string[]} args
 * @param {string} purpose
 * @returns {Promise<BuildError | null>}
 */
async function runCompiler({ compiler }, args, purpose) {
  const result = await execa(compiler.command, [...compiler.args, ...args], {
    env: { LC_ALL: 'C' },
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  if (!result.failed) return null;
  return new BuildError(
    `${compiler.command} could not ${purpose}:`,
    String(result.all || result.shortMessage),
  );
}
