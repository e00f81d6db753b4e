// npm run build: TypeScript, then the native part; each only when something changed.
//
// Exit codes: 0 built or nothing to do, 2 usage, 4 something is missing or does not compile.

import { parseArgs } from 'node:util';

import { buildMutants } from './build/build-mutants.mjs';
import { buildNative } from './build/build-native.mjs';
import { buildUpstream, isUpstreamBuilt } from './build/build-upstream.mjs';
import { buildTypeScript } from './build/build-typescript.mjs';
import { BuildError, PrerequisiteError } from './build/build-errors.mjs';

const USAGE = `usage: npm run build -- [options]
  --ts-only       TypeScript only
  --native-only   the native part only; what is missing for it is an error then
  --strict        what is missing for the native part is an error (default: a warning)
  --tolerant      what is missing for the native part is a warning, with --native-only too
  --mutants       also every delegate with a deliberate error
  --mutant NAME   also that one, or that baseline of measurements; may be repeated
  --upstream      also the host of the released upstream delegate, which is fetched
  --force         build although nothing changed
  --help`;

const say = (/** @type {string} */ message) => {
  process.stderr.write(`build: ${message}\n`);
};

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} argv
 * @returns {Promise<number>} exit code
 */
async function main(argv) {
  const options = readOptions(argv);
  if (options === null) return 2;
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const wantsMutants = options.mutants === true || options.mutant !== undefined;
  const strict =
    !options.tolerant &&
    (options.strict || options['native-only'] || wantsMutants || options.upstream === true);
  try {
    if (!options['native-only']) await buildTypeScript({ say, force: options.force === true });
    if (!options['ts-only']) await buildNative({ say, force: options.force === true });
    if (wantsMutants) {
      await buildMutants({ names: options.mutants ? null : (options.mutant ?? []), say });
    }
    // One that is there is kept up to date: it is made of the same sources.
    if (options.upstream || (!options['ts-only'] && isUpstreamBuilt())) await buildUpstream({ say });
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
    throw error;
  }
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
        force: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return null;
  }
}
