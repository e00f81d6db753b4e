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

const NAME = 'engine-builder';
const FLAGS = Object.freeze(['-std=c++17', '-O2', '-pthread', '-Wall', '-Wextra', '-Werror']);
const FOLDERS = Object.freeze(['engine-builder', 'tensorrt']);

/** The tool that makes TensorRT plans on a machine with a GPU. */
export const ENGINE_BUILDER = path.join(packagePaths.nativeBuild, NAME);

/**
 * Compiles native/engine-builder unless nothing changed. It needs neither TensorRT nor CUDA to compile; it loads
 * the former when it runs.
 *
 * @param {(message: string) => void} say
 * @returns {Promise<'fresh' | 'built'>}
 * @throws {PrerequisiteError} no compiler
 * @throws {BuildError} the sources do not compile
 */
export async function buildEngineBuilder(say) {
  const compiler = await findCppCompiler();
  const missing = await checkCppCompiler(compiler);
  if (compiler === null || missing !== null) throw new PrerequisiteError(missing === null ? [] : [missing]);
  return withBuildLock(say, async () => {
    const files = (
      await Promise.all(
        FOLDERS.map((folder) =>
          listFiles(path.join(packagePaths.native, folder), (file) => /\.(cpp|h)$/.test(file)),
        ),
      )
    ).flat();
    const stamp = hashOf([await hashOfFiles(packagePaths.native, files), compiler.id, ...FLAGS]);
    const made = (await readNativeStamps()).artifacts[NAME];
    if (made === stamp && existsSync(ENGINE_BUILDER)) return 'fresh';
    say('compiling native/engine-builder');
    const sources = files.filter((file) => file.endsWith('.cpp'));
    await compile(compiler, [...FLAGS, `-I${packagePaths.native}`, ...sources]);
    await addNativeStamps(compiler.id, { [NAME]: stamp });
    return 'built';
  });
}

/**
 * @param {import('../build/cpp-compiler.mjs').CppCompiler} compiler
 * @param {readonly string[]} args
 */
async function compile(compiler, args) {
  await mkdir(packagePaths.nativeBuild, { recursive: true });
  const temporary = `${ENGINE_BUILDER}.${randomUUID()}.tmp`;
  const result = await execa(compiler.command, [...compiler.args, ...args, '-ldl', '-o', temporary], {
    env: { LC_ALL: 'C' },
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  if (result.failed) {
    await rm(temporary, { force: true });
    throw new BuildError(
      `${compiler.command} could not build native/${NAME}:`,
      String(result.all || result.shortMessage),
    );
  }
  await rename(temporary, ENGINE_BUILDER);
}
