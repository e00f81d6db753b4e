import path from 'node:path';

import { execa } from 'execa';

import { BuildError } from './build-errors.mjs';
import { requireCMake } from './cmake.mjs';
import { requireExecuTorch } from './executorch.mjs';
import { packagePaths } from './package-paths.mjs';

/**
 * Builds targets of native/CMakeLists.txt as a preset of native/CMakePresets.json says, in its
 * folder below native/build, apart from what `npm run build` makes.
 *
 * @param {string} preset
 * @param {readonly string[]} targets
 * @param {(message: string) => void} say progress, a line a message
 * @throws {BuildError} with what did not configure or compile
 * @throws {import('./build-errors.mjs').PrerequisiteError} when a tool is missing
 */
export async function buildPreset(preset, targets, say) {
  const { root } = await requireExecuTorch(say);
  const { cmake, ninja } = await requireCMake(say);
  const settings = { cwd: packagePaths.native, env: { LC_ALL: 'C' }, reject: false, all: true };
  const steps = /** @type {const} */ ([
    [
      cmake,
      ['--preset', preset, '--log-level=WARNING'],
      [`-DCMAKE_MAKE_PROGRAM=${ninja}`, `-DEXECUTORCH_ROOT=${root}`],
    ],
    [ninja, ['-C', path.join(packagePaths.nativeBuild, preset)], targets],
  ]);
  for (const [command, args, rest] of steps) {
    const result = await execa(command, [...args, ...rest], { ...settings, stdin: 'ignore' });
    if (result.failed) {
      const output = result.all || (result.shortMessage ?? '');
      throw new BuildError(`The preset ${preset} could not be built:`, output);
    }
  }
}
