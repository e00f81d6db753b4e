import path from 'node:path';

import { execa } from 'execa';

import { isFetched, requireWheel, wheelFolder, WHEELS } from './wheels.mjs';

/**
 * @typedef {object} CMake what configures and runs the native build
 * @property {string} cmake the program, of at least the version that native/CMakeLists.txt asks for
 * @property {string} ninja
 */

/** The oldest versions that do, as major and minor. */
const OLDEST = Object.freeze({ cmake: [3, 25], ninja: [1, 10] });

/**
 * Finds CMake and Ninja: those on the PATH when they are new enough, else those that were fetched.
 *
 * @returns {Promise<{cmake: string | null, ninja: string | null}>} null for what has to be fetched
 */
export async function findCMake() {
  const [cmake, ninja] = await Promise.all([
    findTool('cmake', ['cmake'], WHEELS.cmake),
    findTool('ninja', ['ninja', 'ninja-build'], WHEELS.ninja),
  ]);
  return { cmake, ninja };
}

/**
 * CMake and Ninja, which are fetched when they have to be. To be called by the owner of the build
 * lock.
 *
 * @param {(message: string) => void} say
 * @returns {Promise<CMake>}
 * @throws {import('./build-errors.mjs').PrerequisiteError}
 */
export async function requireCMake(say) {
  const found = await findCMake();
  const fetch = async (/** @type {import('./wheels.mjs').Wheel} */ wheel) =>
    path.join(await requireWheel(wheel, say), wheel.proof);
  return {
    cmake: found.cmake ?? (await fetch(WHEELS.cmake)),
    ninja: found.ninja ?? (await fetch(WHEELS.ninja)),
  };
}

/**
 * @param {'cmake' | 'ninja'} tool
 * @param {readonly string[]} commands
 * @param {import('./wheels.mjs').Wheel} wheel
 * @returns {Promise<string | null>}
 */
async function findTool(tool, commands, wheel) {
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST[tool];
  for (const command of commands) {
    const answer = await execa(command, ['--version'], {
      cwd: '/',
      reject: false,
      stdin: 'ignore',
      timeout: 20_000,
    });
    const [, major = 0, minor = 0] =
      /(\d+)\.(\d+)/.exec(answer.failed ? '' : answer.stdout)?.map(Number) ?? [];
    if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return command;
  }
  return isFetched(wheel) ? path.join(wheelFolder(wheel), wheel.proof) : null;
}
