import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { execa } from 'execa';

import { BuildError, PrerequisiteError } from './build-errors.mjs';
import { withBuildLock } from './build-lock.mjs';
import { hashOf, hashOfFiles, listFiles } from './content-hash.mjs';
import { packagePaths } from './package-paths.mjs';
import { removeStaleOutputs } from './stale-outputs.mjs';
import { writeFileAtomically } from './write-file-atomically.mjs';

const require = createRequire(import.meta.url);
const CONFIG = path.join(packagePaths.root, 'tsconfig.build.json');
const STAMP = path.join(packagePaths.dist, '.stamp');
const FOLDERS = ['reference', 'conformance', 'golden'];

/**
 * How dist/ stands to the sources. `shipped`: a published package, which has dist/ and no sources.
 *
 * @returns {Promise<'fresh' | 'stale' | 'missing' | 'shipped'>}
 */
export async function inspectTypeScript() {
  const built = existsSync(packagePaths.dist);
  if (!existsSync(CONFIG)) return built ? 'shipped' : 'missing';
  if (!built) return 'missing';
  const stamp = await readFile(STAMP, 'utf8').catch(() => '');
  return stamp === (await hashSources()) ? 'fresh' : 'stale';
}

/**
 * Whether the TypeScript compiler is installed; it is not with `--omit=dev`.
 *
 * @returns {boolean}
 */
export function hasTypeScript() {
  return typescriptCompiler() !== null;
}

/**
 * Compiles the TypeScript sources to dist/ unless nothing changed; what was compiled from sources
 * that are gone is removed.
 *
 * @param {object} options
 * @param {(message: string) => void} options.say
 * @param {boolean} [options.force]
 * @returns {Promise<'fresh' | 'built'>}
 * @throws {PrerequisiteError} TypeScript is not installed
 * @throws {BuildError} the sources have errors
 */
export async function buildTypeScript({ say, force = false }) {
  const isDone = async () => ['fresh', 'shipped'].includes(await inspectTypeScript());
  if (!force && (await isDone())) return 'fresh';
  const tsc = typescriptCompiler();
  if (tsc === null) {
    throw new PrerequisiteError([
      { what: 'No TypeScript: the development packages are not installed.', remedy: 'npm ci' },
    ]);
  }
  return withBuildLock(say, async () => {
    if (!force && (await isDone())) return 'fresh';
    if (force) await rm(packagePaths.dist, { recursive: true, force: true });
    const hash = await hashSources();
    const result = await execa(
      process.execPath,
      [tsc, '-p', CONFIG, '--pretty', 'false', '--noEmitOnError'],
      {
        cwd: packagePaths.root,
        reject: false,
        stdin: 'ignore',
        all: true,
      },
    );
    if (result.failed) {
      throw new BuildError('The TypeScript sources have errors:', String(result.all || result.shortMessage));
    }
    await removeStaleOutputs(packagePaths.root, packagePaths.dist);
    await writeFileAtomically(STAMP, hash);
    return 'built';
  });
}

/** @returns {string | null} path of tsc */
function typescriptCompiler() {
  try {
    return require.resolve('typescript/bin/tsc');
  } catch {
    return null;
  }
}

/** @returns {Promise<string>} */
async function hashSources() {
  const isSource = (/** @type {string} */ file) => file.endsWith('.ts') && !file.endsWith('.test.ts');
  const lists = await Promise.all(
    FOLDERS.map((folder) => listFiles(path.join(packagePaths.root, folder), isSource)),
  );
  const configs = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
  const files = [...lists.flat(), ...configs.map((name) => path.join(packagePaths.root, name))];
  const present = files.filter((file) => existsSync(file));
  return hashOf([await hashOfFiles(packagePaths.root, present)]);
}
