// npm run executorch: the suite on every version of ExecuTorch that a subject has, in one command.
//
// Exit codes: 0 all conform, 1 one of them does not, 2 usage, 4 a subject is missing, or has
// loaded another ExecuTorch than the one asked for.

import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { execa } from 'execa';

import { SUBJECTS_OF, versionsIn } from './executorch/subjects-of.mjs';

const root = join(import.meta.dirname, '..');
const PYTHON = 'native/.deps/python';

const USAGE = `usage: npm run executorch -- [--executorch VERSIONS] [--report FOLDER] [-- OPTIONS OF run]
  --executorch VERSIONS   of ${Object.keys(SUBJECTS_OF).join(', ')}, with commas between (default: all)
  --report FOLDER         where each subject gets a folder for its report (default: conformance-report/executorch)
  --help

${Object.entries(SUBJECTS_OF)
  .map(([version, subjects]) => `  ${version}   ${subjects.map(({ name }) => name).join(', ')}`)
  .join('\n')}`;

/** @typedef {{ readonly version: string, readonly subject: string, readonly result: string, readonly code: number }} Line */

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
    for (const { name, isOptional } of SUBJECTS_OF[version] ?? []) {
      if (isOptional && !existsSync(join(root, PYTHON))) {
        const result = `not run: make its environment with python3 native/python/make_environment.py ${PYTHON}`;
        lines.push({ version, subject: name, result, code: 0 });
      } else lines.push(await runOn(version, name, options));
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
 * @param {string} subject
 * @param {{ readonly report: string, readonly passed: readonly string[] }} options
 * @returns {Promise<Line>}
 */
async function runOn(version, subject, { report, passed }) {
  const folder = join(report, subject);
  const args = ['run', '--subject', subject, '--report', folder, ...passed];
  process.stdout.write(`\nExecuTorch ${version}: trt-conformance ${args.join(' ')}\n`);
  const { exitCode } = await execa(process.execPath, [join(root, 'scripts/trt-conformance.mjs'), ...args], {
    stdio: 'inherit',
    reject: false,
  });
  const code = exitCode ?? 4;
  if (code > 1) return { version, subject, result: `was not run to the end (exit code ${code})`, code };
  const loaded = await loadedVersion(join(folder, 'report.jsonl'));
  if (loaded !== version) return { version, subject, result: `has loaded ExecuTorch ${loaded}`, code: 4 };
  return { version, subject, result: code === 0 ? 'conforms' : 'does not conform', code };
}

/**
 * The version in the header of a report.
 *
 * @param {string} file
 * @returns {Promise<string>}
 */
async function loadedVersion(file) {
  const lines = createInterface({ input: createReadStream(file) });
  for await (const line of lines) {
    lines.close();
    return JSON.parse(line).subject?.versions?.executorch ?? 'of no version';
  }
  return 'of no version';
}
