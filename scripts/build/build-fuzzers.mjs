import path from 'node:path';

import { execa } from 'execa';

import { BuildError, PrerequisiteError } from './build-errors.mjs';
import { withBuildLock } from './build-lock.mjs';
import { requireCMake } from './cmake.mjs';
import { requireExecuTorch } from './executorch.mjs';
import { packagePaths } from './package-paths.mjs';

/** What clang is asked to make, which it cannot where libFuzzer or a sanitizer is missing. */
const PROBE = 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }\n';

/** Where the preset fuzz of native/CMakePresets.json builds. */
const BUILD = path.join(packagePaths.nativeBuild, 'fuzz');

/**
 * Builds the fuzz targets with libFuzzer and sanitizers, in a folder of their own.
 *
 * @param {(message: string) => void} say
 * @throws {PrerequisiteError} where there is no clang with libFuzzer
 * @throws {BuildError} when the sources do not compile, with the compiler's output
 */
export async function buildFuzzers(say) {
  await requireLibFuzzer();
  await withBuildLock(say, async () => {
    const { root } = await requireExecuTorch(say);
    const { cmake, ninja } = await requireCMake(say);
    const steps = /** @type {const} */ ([
      [cmake, '--preset', 'fuzz', '-B', BUILD, '--log-level=WARNING', `-DCMAKE_MAKE_PROGRAM=${ninja}`].concat(
        `-DEXECUTORCH_ROOT=${root}`,
      ),
      [ninja, '-C', BUILD, 'fuzzers'],
    ]);
    for (const [command = '', ...args] of steps) {
      const result = await execa(command, args, {
        cwd: packagePaths.native,
        env: { LC_ALL: 'C', CXX: undefined, CXXFLAGS: undefined, LDFLAGS: undefined },
        reject: false,
        stdin: 'ignore',
        all: true,
      });
      if (result.failed) {
        throw new BuildError(
          'The fuzz targets could not be built:',
          String(result.all || result.shortMessage),
        );
      }
    }
  });
}

/** @throws {PrerequisiteError} where clang++ is missing, or cannot make a fuzzer */
async function requireLibFuzzer() {
  const args = ['-x', 'c++', '-fsanitize=fuzzer,address,undefined', '-o', '/dev/null', '-'];
  const { failed } = await execa('clang++', args, {
    cwd: '/',
    reject: false,
    input: PROBE,
    stdout: 'ignore',
    stderr: 'ignore',
  });
  if (!failed) return;
  throw new PrerequisiteError([
    {
      what: 'There is no clang++ with libFuzzer on the PATH.',
      remedy: 'Debian/Ubuntu: apt-get install clang · Fedora: dnf install clang compiler-rt',
    },
  ]);
}
