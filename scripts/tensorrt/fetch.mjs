// npm run tensorrt:fetch: TensorRT's libraries from Maven Central, and pieces of them for another
// machine.
//
// Exit codes: 0 done, 2 usage, 4 something is missing or is not what was pinned.

import path from 'node:path';
import { parseArgs } from 'node:util';

import { PrerequisiteError } from '../build/build-errors.mjs';
import { parseByteSize } from './byte-size.mjs';
import { chooseRelease } from './choose-release.mjs';
import { fetchTensorRt } from './fetch-tensorrt.mjs';
import { splitTensorRt } from './split-tensorrt.mjs';

const USAGE = `usage: npm run tensorrt:fetch -- --version VERSION [options]
       npm run tensorrt:fetch -- --version VERSION --split SIZE DIR [options]
Fetches TensorRT with Maven into native/.deps/tensorrt-VERSION, unless it is there.
  --version VERSION  10.6, which also builds engines on an H100 or H200; 10.15 and 11.2 run engines
  --jar FILE         take this jar instead of having Maven fetch it; its sha256 is checked alike
  --force            although the libraries are there
  --split SIZE DIR   then write them to the new folder DIR in packed pieces of SIZE (such as 40MiB), with
                     a script that joins them on a machine that can fetch nothing
  --runtime-only     pieces of libnvinfer alone, which runs engines and does not build them
  --help`;

const say = (/** @type {string} */ message) => {
  process.stderr.write(`tensorrt:fetch: ${message}\n`);
};

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} argv
 * @returns {Promise<number>} exit code
 */
async function main(argv) {
  const options = readOptions(argv);
  if (options === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n${USAGE}\n`);
    return 2;
  }
  try {
    const release = await chooseRelease(options.version);
    const folder = await fetchTensorRt({ release, jar: options.jar, force: options.force, say });
    if (options.split !== null) {
      await splitTensorRt({ from: folder, ...options.split, runtimeOnly: options.runtimeOnly, say });
    }
    return 0;
  } catch (error) {
    const message = error instanceof PrerequisiteError ? error.message : systemMessage(error);
    if (message === null) throw error;
    process.stderr.write(`${message}\n`);
    return 4;
  }
}

/**
 * @param {unknown} error
 * @returns {string | null} what the system refused, such as a write on a full disk; null for any
 * other error
 */
function systemMessage(error) {
  if (!(error instanceof Error) || !('syscall' in error)) return null;
  return `${error.message}\n    Make room or name another folder, and run it again: what was begun was removed.`;
}

/**
 * @typedef {object} FetchOptions
 * @property {string} version
 * @property {string | null} jar
 * @property {boolean} force
 * @property {boolean} runtimeOnly
 * @property {{pieceBytes: number, to: string} | null} split
 */

/**
 * @param {string[]} argv
 * @returns {FetchOptions | string} the options, `help`, or what is wrong with them
 */
function readOptions(argv) {
  let values, positionals;
  try {
    ({ values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        version: { type: 'string' },
        jar: { type: 'string' },
        split: { type: 'string' },
        'runtime-only': { type: 'boolean' },
        force: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.help) return 'help';
  if (values.version === undefined) return '--version is missing';
  const runtimeOnly = values['runtime-only'] === true;
  const jar = values.jar === undefined ? null : path.resolve(values.jar);
  const common = { version: values.version, jar, force: values.force === true, runtimeOnly };
  if (values.split === undefined) {
    if (positionals.length > 0) return `"${positionals.join(' ')}" belongs to no option`;
    return runtimeOnly ? '--runtime-only goes with --split' : { ...common, split: null };
  }
  const pieceBytes = parseByteSize(values.split);
  const [to, ...more] = positionals;
  if (pieceBytes === null) return `--split: "${values.split}" is not a size; write it as 40MiB`;
  if (to === undefined || more.length > 0) return '--split takes a size and one folder';
  return { ...common, split: { pieceBytes, to } };
}
