import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';

import { BuildError, PrerequisiteError } from '../build/build-errors.mjs';
import { hashOf, hashOfFiles, listFiles } from '../build/content-hash.mjs';
import { checkCppCompiler, findCppCompiler } from '../build/cpp-compiler.mjs';
import { withBuildLock } from '../build/build-lock.mjs';
import { addNativeStamps, readNativeStamps } from '../build/native-stamps.mjs';
import { packagePaths } from '../build/package-paths.mjs';

const FLAGS = Object.freeze(['-std=c++17', '-O2', '-pthread', '-Wall', '-Wextra', '-Werror']);

/**
 * A program of native/ that is compiled when it is asked for. `folders` are below native/ and taken whole, but for folders
 * called testing; `files` are taken one by one.
 *
 * @typedef {{ readonly name: string, readonly folders: readonly string[], readonly files: readonly string[] }} Tool
 */

/**
 * Where a tool is built.
 *
 * @param {Tool} tool
 * @returns {string}
 */
export function toolPath({ name }) {
  return path.join(packagePaths.nativeBuild, name);
}

/**
 * Compiles a tool unless nothing changed. It needs neither TensorRT nor CUDA to compile; it loads them when it runs.
 *
 * @param {Tool} tool
 * @param {(message: string) => void} say
 * @returns {Promise<'fresh' | 'built'>}
 * @throws {PrerequisiteError} no compiler
 * @throws {BuildError} the sources do not compile
 */
export async function buildTool(tool, say) {
  const { name, folders } = tool;
  const compiler = await findCppCompiler();
  const missing = await checkCppCompiler(compiler);
  if (compiler === null || missing !== null) throw new PrerequisiteError(missing === null ? [] : [missing]);
  return withBuildLock(say, async () => {
    const inFolders = await Promise.all(
      folders.map((folder) =>
        listFiles(path.join(packagePaths.native, folder), (file) => /\.(cpp|h)$/.test(file)),
      ),
    );
    const files = [
      ...inFolders.flat().filter((file) => path.basename(path.dirname(file)) !== 'testing'),
      ...tool.files.map((file) => path.join(packagePaths.native, file)),
    ];
    const stamp = hashOf([await hashOfFiles(packagePaths.native, files), compiler.id, ...FLAGS]);
    const made = (await readNativeStamps()).artifacts[name];
    if (made === stamp && existsSync(toolPath(tool))) return 'fresh';
    say(`compiling native/${name}`);
    const sources = files.filter((file) => file.endsWith('.cpp'));
    await compile(tool, compiler, [...FLAGS, `-I${packagePaths.native}`, ...sources]);
    await addNativeStamps(compiler.id, { [name]: stamp });
    return 'built';
  });
}

/**
 * @param {Tool} tool
 * @param {import('../build/cpp-compiler.mjs').CppCompiler} compiler
 * @param {readonly string[]} args
 */
async function compile(tool, compiler, args) {
  await mkdir(packagePaths.nativeBuild, { recursive: true });
  const temporary = `${toolPath(tool)}.${randomUUID()}.tmp`;
  const result = await execa(compiler.command, [...compiler.args, ...args, '-ldl', '-o', temporary], {
    env: { LC_ALL: 'C' },
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  if (result.failed) {
    await rm(temporary, { force: true });
    throw new BuildError(
      `${compiler.command} could not build native/${tool.name}:`,
      String(result.all || result.shortMessage),
    );
  }
  await rename(temporary, toolPath(tool));
}
