#!/usr/bin/env node
// The command trt-conformance. It is committed, so that it can say what to do before anything is
// built, and uses nothing that an old Node would not parse.

import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

const OLDEST_NODE = 20;
const INFRASTRUCTURE = 4;
const MORE_FILES = 'Allow more open files, such as with ulimit -n 1024.';

// Before anything is loaded: millions of cases leave hardly any garbage, and what there is does not
// need the tens of megabytes to which V8 lets the room for new objects grow. It costs no time that
// could be measured.
setFlagsFromString('--semi-space-growth-factor=1');

// A reader that has seen enough (| head) or a full disk ends neither a run nor its report.
/** @type {NodeJS.ErrnoException | null} */
let lost = null;
process.stderr.on('error', () => undefined);
process.stdout.on('error', (error) => {
  lost = error;
});

// What is thrown where nobody waits for it is no verdict either.
process.on('uncaughtException', (error) => {
  fail(`error: the suite itself failed, which says nothing of a subject.\n${error.stack ?? error.message}`);
  process.exit(INFRASTRUCTURE);
});

const argv = process.argv.slice(2);
const major = Number(process.versions.node.split('.')[0]);

if (major < OLDEST_NODE) {
  fail(`Node ${process.versions.node} is too old: trt-conformance needs Node ${OLDEST_NODE} or newer.`);
} else if (argv[0] === 'doctor') {
  process.exitCode = await doctor(argv.slice(1));
} else if (argv[0] === 'build') {
  process.exitCode = await build(argv.slice(1));
} else {
  process.exitCode = await run(argv);
}
process.once('beforeExit', () => {
  if (lost !== null && lost.code !== 'EPIPE') {
    fail(`Standard output could not be written to its end: ${lost.message}. A report is whole without it.`);
  }
});

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
async function run(args) {
  const entry = new URL('../dist/conformance/cli/main.js', import.meta.url);
  if (!existsSync(entry)) {
    return fail(
      'trt-conformance is not built yet. Run npm run build, or npm ci when nothing is installed yet.',
    );
  }
  try {
    /** @type {{main: (argv: string[]) => Promise<number>}} */
    const { main } = await import(entry.href);
    return await main(args);
  } catch (error) {
    return failOnMissingPackage(error);
  }
}

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
async function doctor(args) {
  try {
    const { runDoctor } = await import('./doctor.mjs');
    return await runDoctor(args);
  } catch (error) {
    return failOnMissingPackage(error);
  }
}

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
async function build(args) {
  try {
    const { buildCommand } = await import('./build/build-command.mjs');
    return await buildCommand(['--strict', ...args]);
  } catch (error) {
    return failOnMissingPackage(error);
  }
}

/**
 * @param {unknown} error
 * @returns {number}
 */
function failOnMissingPackage(error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EMFILE' || code === 'ENFILE') {
    return fail(`error: ${/** @type {Error} */ (error).message}\n${MORE_FILES}`);
  }
  if (code !== 'ERR_MODULE_NOT_FOUND') {
    const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return fail(`error: the suite itself failed, which says nothing of a subject.\n${shown}`);
  }
  const { message } = /** @type {Error} */ (error);
  return fail(`A package that trt-conformance needs is not installed. Run npm ci. (${message})`);
}

/**
 * @param {string} message
 * @returns {number}
 */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = INFRASTRUCTURE;
  return INFRASTRUCTURE;
}
