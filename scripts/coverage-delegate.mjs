// npm run coverage:delegate: which lines of our delegate a default run comes to. Builds the
// delegate with gcov's counters in a folder of its own (the preset coverage), does the sections of
// a default run, and asks gcov.
//
// Exit codes: 0 at least as many lines as are wanted, 1 fewer, or a case failed, 2 usage, 4
// something is missing.

import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { execa } from 'execa';

import { BuildError, PrerequisiteError } from './build/build-errors.mjs';
import { buildPreset } from './build/build-preset.mjs';
import { packagePaths } from './build/package-paths.mjs';
import { countedLines, linesTable } from './coverage/counted-lines.mjs';

const USAGE = `usage: npm run coverage:delegate -- [options]
  --least PERCENT   fewer lines than these fail (default: 95)
  --help`;

/** What the run needs of native/CMakeLists.txt. */
const TARGETS = Object.freeze(['conformance', 'tensorrt_delegate', 'nvinfer', 'cudart', 'trtsim']);
/** What counts as the delegate, below native/. */
const SOURCES = Object.freeze(['delegate', 'tensorrt']);
/**
 * What finds TensorRT and tells its versions apart: a process has one, so that a run comes to a
 * part of it alone. These are told of, and do not count.
 */
const LOADING = Object.freeze(
  ['tensorrt.', 'slots.', 'shared_library.', 'logger.'].map((name) => `tensorrt/${name}`),
);
/** Targets of CMake whose objects hold it. */
const OBJECTS = Object.freeze(['wsb_delegate_objects.dir', 'wsb_tensorrt.dir', 'wsb_slots.dir']);
const BUILD = path.join(packagePaths.nativeBuild, 'coverage');

const say = (/** @type {string} */ message) => {
  process.stderr.write(`coverage: ${message}\n`);
};

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} argv
 * @returns {Promise<number>} exit code
 */
async function main(argv) {
  const least = readLeast(argv);
  if (typeof least !== 'number') return least === null ? 2 : 0;
  try {
    await buildPreset('coverage', TARGETS, say);
    await removeCounts();
    if (!(await runDefault())) return 1;
    const files = await countedLines(await objects('.gcda'), {
      build: BUILD,
      native: packagePaths.native,
      sources: SOURCES,
    });
    const isLoading = (/** @type {string} */ file) => LOADING.some((name) => file.startsWith(name));
    const { text, percent } = linesTable(files, isLoading);
    process.stdout.write(`${text}\n`);
    if (percent >= least) return 0;
    process.stdout.write(`A default run comes to fewer than ${least} % of the lines.\n`);
    return 1;
  } catch (error) {
    if (!(error instanceof PrerequisiteError || error instanceof BuildError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 4;
  }
}

/**
 * @param {string[]} args
 * @returns {number | 'help' | null} null when they are wrong, which is said
 */
function readLeast(args) {
  try {
    const { values } = parseArgs({
      args,
      options: { least: { type: 'string', default: '95' }, help: { type: 'boolean' } },
    });
    if (values.help === true) {
      process.stdout.write(`${USAGE}\n`);
      return 'help';
    }
    if (/^\d{1,3}(?:\.\d+)?$/.test(values.least)) return Number(values.least);
    process.stderr.write(`--least is "${values.least}", which is no percentage.\n${USAGE}\n`);
  } catch (error) {
    process.stderr.write(`${/** @type {Error} */ (error).message}\n${USAGE}\n`);
  }
  return null;
}

/** Counts of an earlier run would be added to. */
async function removeCounts() {
  await Promise.all((await objects('.gcda')).map((file) => rm(file)));
}

/** @returns {Promise<boolean>} whether all cases passed, which is said */
async function runDefault() {
  const script = path.join(packagePaths.dist, 'conformance/bench/default-run.js');
  const { exitCode } = await execa(process.execPath, [script, BUILD], {
    reject: false,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
  });
  return exitCode === 0;
}

/**
 * @param {string} ending
 * @returns {Promise<string[]>} the files beside the objects of the delegate, in order
 */
async function objects(ending) {
  const found = await Promise.all(
    OBJECTS.map(async (name) => {
      const folder = path.join(BUILD, 'CMakeFiles', name);
      const files = await readdir(folder, { recursive: true }).catch(() => []);
      return files.map((file) => path.join(folder, file));
    }),
  );
  return found
    .flat()
    .filter((file) => file.endsWith(ending))
    .sort();
}
