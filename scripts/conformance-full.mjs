// npm run conformance:full: everything that holds the suite to its promises, one step after
// another, and a table of what came of each. Ends with 1 when a step failed; no step keeps the next
// from running.

import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { execa } from 'execa';

const root = join(import.meta.dirname, '..');
const REPORT = 'conformance-report/full';

/**
 * One command, and what it shows.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} shows
 * @property {readonly string[]} command
 * @property {Readonly<Record<string, string>>} [env]
 */

const cli = ['node', 'scripts/trt-conformance.mjs'];
const vitest = ['node', 'node_modules/vitest/vitest.mjs', 'run'];

/** @type {readonly Step[]} */
const STEPS = [
  {
    name: 'delegate',
    shows: 'our delegate conforms; the canary of every whole run is found',
    command: [...cli, 'run', '--report', `${REPORT}/delegate`],
  },
  {
    name: 'verify',
    shows: 'the verdict follows from the lines of that report',
    command: [...cli, 'verify', `${REPORT}/delegate/report.jsonl`],
  },
  {
    name: 'exporter',
    shows: 'the reference exporter conforms',
    command: [...cli, 'run', '--exporter', 'reference', '--report', `${REPORT}/exporter`],
  },
  {
    name: 'readers',
    shows: 'C++ and TypeScript read changed inputs alike',
    command: [...cli, 'fuzz', '--time', '60s', '--findings', `${REPORT}/fuzz-findings`],
  },
  {
    name: 'programs',
    shows: 'reference and runtime agree on changed programs',
    command: ['node', 'dist/conformance/differential/main.js', '--count', '200000'],
  },
  {
    name: 'soak',
    shows: 'memory stays flat over millions of cases',
    command: [
      ...['node', 'dist/conformance/bench/soak-main.js', '--report', `${REPORT}/soak`],
      ...['--decisions', '2e7', '--programs', '4e6'],
    ],
  },
  {
    name: 'gates',
    shows: 'wrong subjects, killed runs, failing allocations and calls, the kill matrix, packages',
    command: vitest,
    env: { TEST_GATES: 'full' },
  },
];

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, help: { type: 'boolean', default: false } },
});
const chosen = STEPS.filter(({ name }) => values.only?.includes(name) ?? true);
if (values.help) tellUsage(process.stdout);
else if (chosen.length !== (values.only?.length ?? STEPS.length)) {
  tellUsage(process.stderr);
  process.exitCode = 2;
} else process.exitCode = (await runAll(chosen)) ? 0 : 1;

/**
 * @param {readonly Step[]} steps
 * @returns {Promise<boolean>} whether all went well
 */
async function runAll(steps) {
  /** @type {string[]} */
  const lines = [];
  let isGood = true;
  for (const { name, shows, command, env = {} } of steps) {
    const [program = '', ...args] = command;
    process.stdout.write(`\n== ${name}: ${command.slice(1).join(' ')}\n`);
    const started = performance.now();
    const { exitCode } = await execa(program, args, { cwd: root, env, stdio: 'inherit', reject: false });
    const seconds = Math.round((performance.now() - started) / 1000);
    isGood &&= exitCode === 0;
    const verdict = exitCode === 0 ? 'pass' : `FAIL (${exitCode ?? 'ended'})`;
    lines.push(`${name.padEnd(12)}${verdict.padEnd(10)}${`${seconds} s`.padStart(6)}  ${shows}`);
  }
  process.stdout.write(`\n${lines.join('\n')}\n`);
  return isGood;
}

/** @param {NodeJS.WritableStream} stream */
function tellUsage(stream) {
  const steps = STEPS.map(({ name, shows }) => `  ${name.padEnd(12)}${shows}`).join('\n');
  stream.write(`usage: npm run conformance:full -- [--only STEP]...\n${steps}\n`);
}
