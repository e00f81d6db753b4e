import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

import { packagePaths } from '../build/package-paths.mjs';

/** How a script of a {@link TemporaryPackage} ended. */
export interface ScriptResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A package of its own, with the scripts of this one and only as many files as a test gives it. */
export interface TemporaryPackage {
  readonly root: string;
  /** Runs `scripts/NAME` with an empty home; `env` replaces the environment. */
  readonly run: (
    name: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<ScriptResult>;
  remove(): Promise<void>;
}

/** A PATH on which nothing is but Node itself. */
export async function pathWithNodeOnly(folder: string): Promise<string> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await symlink(process.execPath, path.join(bin, 'node'));
  return bin;
}

/**
 * Makes a package in a temporary folder.
 *
 * @param options.installed whether the installed packages of this one are there
 * @param options.files more files, by their path in the package
 */
export async function temporaryPackage(options: {
  readonly installed: boolean;
  readonly files?: Readonly<Record<string, string>>;
}): Promise<TemporaryPackage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'package-'));
  const root = path.join(folder, 'package');
  const home = path.join(folder, 'home');
  await mkdir(home, { recursive: true });
  // Where it may be written, an installed package builds inside itself; else in the user's cache.
  await mkdir(path.join(root, 'native'), { recursive: true });
  await cp(path.join(packagePaths.root, 'scripts'), path.join(root, 'scripts'), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
  if (options.installed) {
    await symlink(path.join(packagePaths.root, 'node_modules'), path.join(root, 'node_modules'));
  }
  const files = { 'package.json': '{"type":"module"}', ...options.files };
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  }
  return {
    root,
    run: async (name, args, env = { PATH: process.env['PATH'] ?? '' }) => {
      const { exitCode, stdout, stderr } = await execa(
        process.execPath,
        [path.join(root, 'scripts', name), ...args],
        { cwd: root, env: { HOME: home, ...env }, extendEnv: false, reject: false },
      );
      return { exitCode, stdout, stderr };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
