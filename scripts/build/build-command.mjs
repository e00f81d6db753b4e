import { parseArgs } from 'node:util';

import { buildNative, fetchTorchTensorRt, isUpstreamBuilt } from './build-native.mjs';
import { buildPreset } from './build-preset.mjs';
import { buildTypeScript } from './build-typescript.mjs';
import { buildFuzzers } from './build-fuzzers.mjs';
import { BuildError, PrerequisiteError } from './build-errors.mjs';
import { isCheckout, NATIVE_HOME } from './native-home.mjs';
import { packagePaths } from './package-paths.mjs';

const USAGE = `usage: npm run build -- [options], or npx trt-conformance build [options]
  --ts-only       TypeScript only
  --native-only   the native part only; what is missing for it is an error then
  --strict        what is missing for the native part is an error (default: a warning)
  --tolerant      what is missing for the native part is a warning, with --native-only too
  --mutants       also every delegate with a deliberate error
  --mutant NAME   also that one, or that baseline of measurements; may be repeated
  --upstream      also the host of the released upstream delegate, which is fetched, and our delegate for its ExecuTorch
  --upstream-runner   fetch the C++ runner that torch-tensorrt releases; --upstream-exporter: its exporter, in the same wheel
  --fuzzers       also the fuzz targets of native/fuzz, with libFuzzer, which comes with clang
  --target NAME   also that target of native/CMakeLists.txt, such as engine-builder; may be repeated
  --preset NAME   of --target alone, as that preset of native/CMakePresets.json builds it, such as asan, and nothing else
  --force         build although nothing changed
  --help`;

const WHO_BUILDS =
  'The build needs to write there: run it as the user who owns this folder, make room, or build a copy of your own.';
const WHERE_BUILT = `The build needs to write there: make room, or let ${NATIVE_HOME} name a folder of yours.`;

const say = (/** @type {string} */ message) => {
  process.stderr.write(`build: ${message}\n`);
};

/**
 * The commands `npm run build` and `trt-conformance build`.
 *
 * @param {string[]} argv
 * @returns {Promise<number>} exit code: 0 built or nothing to do, 2 usage, 4 something is missing
 *   or does not compile
 */
export async function buildCommand(argv) {
  const options = readOptions(argv);
  if (options === null) return 2;
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const extra = [
    ...(options.target ?? []),
    ...(options.mutants ? ['mutants'] : []),
    ...(options.mutant ?? []).map((name) => `mutant-${name}`),
    ...(options.upstream ? ['upstream'] : []),
  ];
  const fetches = options['upstream-runner'] === true || options['upstream-exporter'] === true;
  const demanded = extra.length > 0 || fetches || options.fuzzers === true;
  const strict = !options.tolerant && (options.strict || options['native-only'] || demanded);
  const force = options.force === true;
  try {
    if (options.preset !== undefined) {
      await buildPreset(options.preset, options.target ?? [], say);
      return 0;
    }
    if (!options['native-only']) await buildTypeScript({ say, force });
    if (!options['ts-only'] || demanded) {
      // A host of upstream that is there is kept up to date: it is made of the same sources.
      const kept = isUpstreamBuilt() && !options.upstream ? ['upstream'] : [];
      await buildNative({ say, force, targets: ['all', ...extra, ...kept] });
      if (options.fuzzers) await buildFuzzers(say);
      if (fetches) await fetchTorchTensorRt(say);
    }
    return 0;
  } catch (error) {
    if (error instanceof PrerequisiteError && !strict) {
      const summary = error.missing.map(({ what }) => what).join(' ');
      say(`the native part was not built. ${summary} (npx trt-conformance doctor says how to get it)`);
      return 0;
    }
    if (error instanceof PrerequisiteError || error instanceof BuildError) {
      process.stderr.write(`${error.message}\n`);
      return 4;
    }
    if (!isSystemError(error)) throw error;
    process.stderr.write(`${error.message}\n${isCheckout(packagePaths.root) ? WHO_BUILDS : WHERE_BUILT}\n`);
    return 4;
  }
}

/**
 * @param {unknown} error
 * @returns {error is NodeJS.ErrnoException} whether the operating system refused something
 */
function isSystemError(error) {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** @param {string[]} argv */
function readOptions(argv) {
  try {
    return parseArgs({
      args: argv,
      options: {
        'ts-only': { type: 'boolean' },
        'native-only': { type: 'boolean' },
        strict: { type: 'boolean' },
        tolerant: { type: 'boolean' },
        mutants: { type: 'boolean' },
        mutant: { type: 'string', multiple: true },
        upstream: { type: 'boolean' },
        'upstream-runner': { type: 'boolean' },
        'upstream-exporter': { type: 'boolean' },
        fuzzers: { type: 'boolean' },
        target: { type: 'string', multiple: true },
        preset: { type: 'string' },
        force: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return null;
  }
}
