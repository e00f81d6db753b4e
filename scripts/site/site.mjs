// npm run site: the documentation as a static site in docs/site. Guides, clauses, what upstream was
// found to do, the API, and a table of what each subject conforms to, from reports of runs.
//
//   npm run site -- [REPORT...]    the reports of the table; without one, those of runs of the
//                                  written cases are made here
//
// Exit codes: 2 usage, 4 a subject is missing, otherwise that of what failed.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { execa } from 'execa';

const root = join(import.meta.dirname, '../..');
const site = join(root, 'docs/site');
/** Subjects of the table, each with what has to be fetched for it. */
const SUBJECTS = [
  { name: 'native', needs: 'native/build/conformance.node' },
  { name: 'upstream', needs: 'native/build/upstream/wsb-host-upstream' },
  { name: 'native-1.4.1', needs: 'native/build/upstream/wsb-host-upstream' },
];
/** A run that found something, or did not show everything, has a report as well. */
const REPORTED = [0, 1, 5];

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {readonly string[]} reports
 * @returns {Promise<number>} exit code
 */
async function main(reports) {
  if (reports.some((each) => each.startsWith('-'))) {
    process.stderr.write('usage: npm run site -- [REPORT...]\n');
    return 2;
  }
  const typedoc = join(root, 'node_modules/.bin/typedoc');
  const made = await started(typedoc, ['--options', join(root, 'scripts/site/site.json')]);
  if (made !== 0) return made;
  const table = reports.length > 0 ? reports.map((each) => resolve(each)) : await ownReports();
  if (typeof table === 'number') return table;
  return suite('report', 'html', ...table, '--out', join(site, 'compatibility.html'));
}

/** @returns {Promise<string[] | number>} folders of reports, or the exit code of what failed */
async function ownReports() {
  const folders = [];
  for (const { name } of SUBJECTS.filter(({ needs }) => existsSync(join(root, needs)))) {
    const folder = join(root, 'docs/reports', name);
    const code = await suite(
      'run',
      '--subject',
      name,
      '--cases',
      '0',
      '--decisions',
      '0',
      '--report',
      folder,
    );
    if (!REPORTED.includes(code)) return code;
    folders.push(folder);
  }
  return folders;
}

/** @param {readonly string[]} args */
function suite(...args) {
  return started(process.execPath, [join(root, 'scripts/trt-conformance.mjs'), ...args]);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
async function started(program, args) {
  const { exitCode = 1 } = await execa(program, args, { cwd: root, stdio: 'inherit', reject: false });
  return exitCode;
}
