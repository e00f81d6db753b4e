// npm run executorch: the suite on every version of ExecuTorch that a subject has, in one command.
//
// Exit codes: 2 usage, 4 a subject is missing or has loaded another ExecuTorch than the one asked
// for, otherwise the largest of those of `run`. That a subject that shows a part of a delegate
// alone is incomplete (5) counts as 0.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { execa } from 'execa';

import { isLeftFrom, readReport } from './executorch/read-report.mjs';
import { SUBJECTS_OF, versionsIn } from './executorch/subjects-of.mjs';

const root = join(import.meta.dirname, '..');
/** The exit code of a run that has not demonstrated all that is required. */
const INCOMPLETE = 5;
const PYTHON = 'native/.deps/python';

const USAGE = `usage: npm run executorch -- [--executorch VERSIONS] [--report FOLDER] [-- OPTIONS OF run]
  --executorch VERSIONS   of ${Object.keys(SUBJECTS_OF).join(', ')}, with commas between (default: all)
  --report FOLDER         where each subject gets a folder for its report (default: conformance-report/executorch)
  --help

${Object.entries(SUBJECTS_OF)
  .map(([version, subjects]) => `  ${version}   ${subjects.map(({ name }) => name).join(', ')}`)
  .join('\n')}`;

/**
 * What came of a run.
 *
 * @typedef {object} Line
 * @property {string} version of ExecuTorch
 * @property {string} subject
 * @property {string} result
 * @property {number} code
 */

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
  /** @type {Line[]} */
  const lines = [];
  for (const version of options.versions) {
    for (const entry of SUBJECTS_OF[version] ?? []) {
      if (entry.isOptional && !existsSync(join(root, PYTHON))) {
        const result = `not run: make its environment with python3 native/python/make_environment.py ${PYTHON}`;
        lines.push({ version, subject: entry.name, result, code: 0 });
      } else lines.push(await runOn(version, entry, options));
    }
  }
  const rows = lines.map(({ version, subject, result }) => `${version}   ${subject.padEnd(16)} ${result}`);
  process.stdout.write(`\nExecuTorch   subject\n${rows.map((row) => `${row}\n`).join('')}`);
  return Math.max(...lines.map(({ code }) => code));
}

/** @param {string[]} argv */
function readOptions(argv) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        executorch: { type: 'string', default: Object.keys(SUBJECTS_OF).join(',') },
        report: { type: 'string', default: 'conformance-report/executorch' },
        help: { type: 'boolean', default: false },
      },
    });
    const versions = versionsIn(values.executorch);
    if (versions !== null) return { ...values, versions, passed: positionals };
    process.stderr.write(`No subject has ExecuTorch ${values.executorch}.\n${USAGE}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  }
  return null;
}

/**
 * Runs the suite on one subject, and looks into its report which ExecuTorch that was.
 *
 * @param {string} version
 * @param {import('./executorch/subjects-of.mjs').Entry} entry
 * @param {{ readonly report: string, readonly passed: readonly string[] }} options
 * @returns {Promise<Line>}
 */
async function runOn(version, { name: subject, isPartial }, { report, passed }) {
  const folder = join(report, subject);
  const args = ['run', '--no-config', '--subject', subject, '--report', folder, ...passed];
  process.stdout.write(`\nExecuTorch ${version}: trt-conformance ${args.join(' ')}\n`);
  const file = resolve(root, folder, 'report.jsonl');
  const before = await readReport(file);
  const { exitCode } = await execa(process.execPath, [join(root, 'scripts/trt-conformance.mjs'), ...args], {
    cwd: root,
    stdio: 'inherit',
    reject: false,
  });
  const code = exitCode ?? 4;
  const after = await readReport(file);
  const { loaded, outcome } = after;
  if (outcome === null || isLeftFrom(after, before))
    return { version, subject, result: `did not run to the end (exit code ${code})`, code };
  if (loaded !== version) return { version, subject, result: `has loaded ExecuTorch ${loaded}`, code: 4 };
  return { version, subject, result: outcome, code: isPartial && code === INCOMPLETE ? 0 : code };
}
