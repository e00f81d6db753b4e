// npm run check: what CI checks, for the loop at the desk: of the tests those beside the files that
// changed.
//
// Exit codes: 0 everything passed, 1 something did not, 2 usage.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { execa } from 'execa';

import { packagePaths } from './build/package-paths.mjs';

const USAGE = `usage: npm run check -- [options]
  --since REF   run the tests beside the files that changed since this commit (default: HEAD)
  --help`;

const cache = 'node_modules/.cache';
const suite = ['node', 'scripts/trt-conformance.mjs'];

/** A step: its name and its command. */
/** @typedef {readonly [string, readonly string[]]} Step */

/** @type {readonly Step[]} */
const STEPS = [
  ['types', ['tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', `${cache}/typecheck.tsbuildinfo`]],
  ['lint', ['eslint', '.', '--cache', '--cache-location', `${cache}/eslint/`]],
  ['format', ['prettier', '--check', '.', '--cache', '--log-level', 'warn']],
  ['imports', ['npm', 'run', '--silent', 'lint:imports']],
  ['schema', ['npm', 'run', '--silent', 'schema:check']],
  ['specification', [...suite, 'spec', 'check']],
  ['golden', [...suite, 'golden', 'check']],
  ['conformance', [...suite, 'run', '--no-config', '--report', `${cache}/check-report`]],
];

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
async function main(args) {
  const options = readOptions(args);
  if (options === null) return 2;
  if (options.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const tests = await testsSince(options.since ?? 'HEAD');
  /** @type {readonly Step[]} */
  const steps = tests.length === 0 ? STEPS : [...STEPS, ['tests', ['vitest', 'run', ...tests]]];
  if (!(await passes(['build', ['node', 'scripts/build.mjs']]))) return 1;
  return (await passAll(steps, 2)) ? 0 : 1;
}

/**
 * @param {string[]} args
 * @returns {{since?: string, help?: boolean} | null} null when they are wrong, which is said
 */
function readOptions(args) {
  try {
    return parseArgs({ args, options: { since: { type: 'string' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    process.stderr.write(`${/** @type {Error} */ (error).message}\n${USAGE}\n`);
    return null;
  }
}

/**
 * @param {string} ref
 * @returns {Promise<string[]>} the tests that changed since then, and those that stand beside files
 * that did
 */
async function testsSince(ref) {
  const run = execa({ cwd: packagePaths.root, lines: true });
  const { stdout: changed } = await run`git diff --name-only --relative ${ref}`;
  const { stdout: added } = await run`git ls-files --others --exclude-standard`;
  const tests = [...changed, ...added]
    .map((file) => file.replace(/(?:\.test)?\.(?:ts|mjs)$/, '.test.ts'))
    .filter((file) => file.endsWith('.test.ts') && existsSync(path.join(packagePaths.root, file)));
  return [...new Set(tests)];
}

/**
 * @param {readonly Step[]} steps
 * @param {number} lanes how many run at the same time
 * @returns {Promise<boolean>} whether all of them pass
 */
async function passAll(steps, lanes) {
  const left = [...steps];
  let passed = true;
  const lane = async () => {
    for (let step = left.shift(); step !== undefined; step = left.shift()) {
      passed = (await passes(step)) && passed;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return passed;
}

/**
 * Runs a step and says how it went, with its output when it failed.
 *
 * @param {Step} step
 */
async function passes([name, [command = '', ...args]]) {
  const { failed, all, durationMs } = await execa(command, args, {
    cwd: packagePaths.root,
    preferLocal: true,
    reject: false,
    all: true,
  });
  const time = `${(durationMs / 1000).toFixed(1)} s`;
  process.stdout.write(`${failed ? 'FAILED' : 'passed'}  ${name.padEnd(14)} ${time}\n`);
  if (failed) process.stdout.write(`${all}\n`);
  return !failed;
}
