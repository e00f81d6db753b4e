import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { renderChart } from '../chart/render-chart.js';
import { makeFolder } from '../files/make-folder.js';
import { replaceFile } from '../files/replace-file.js';
import type { Depth } from '../model/depth.js';
import { bulkPool } from '../run/run-suite.js';
import { openSubject } from '../subjects/open-subject.js';
import { childrenOf, residentBytes } from './resident-bytes.js';
import { isFlat, type Memory, MOST_BYTES_A_CASE, soakDepth, type SoakedDepth } from './soak.js';
import { soakChart } from './soak-chart.js';
import { OptionError, readOrEnd, wholeNumberOption } from './whole-number-option.js';

/*
 * npm run soak -- [SUBJECT] [--decisions N] [--programs N] [--jobs N] [--seed N] [--report FOLDER]:
 * many cases of each depth, and whether memory stays as it is. The curve is written to the folder,
 * as soak.json, soak.csv and soak.svg. Ends with 1 when memory grows with the cases, or one fails.
 * Linux.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    decisions: { type: 'string', default: '1e8' },
    programs: { type: 'string', default: '1e7' },
    jobs: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    report: { type: 'string', default: 'conformance-report/soak' },
  },
});
const { counts, seed, jobs } = readOrEnd(asked);
const [name = 'native'] = positionals;
const root = fileURLToPath(new URL('../../../', import.meta.url));
const { subject } = await openSubject(name, root, 'bench');
const setup = { root, version: 'bench', seed };
const pool = bulkPool(subject, setup, jobs);
const depths: SoakedDepth[] = [];
for (const [depth, count] of counts) {
  if (count === 0) continue;
  console.log(`${name}: ${depth} depth, memory in MB\n       cases     seconds      runner     subject`);
  const soaked = await soakDepth(pool, depth, count, look, ({ cases, seconds, runner, subject: host }) => {
    console.log(row(cases.toLocaleString('en'), seconds.toFixed(1), megabytes(runner), megabytes(host)));
  });
  depths.push(soaked);
  console.log(verdictText(soaked));
}
await pool.close();
await subject.close();
await write(values.report);
process.exitCode = depths.every((depth) => isFlat(depth, MOST_BYTES_A_CASE)) ? 0 : 1;

function asked(): {
  readonly counts: readonly (readonly [Depth, number])[];
  readonly seed: number;
  readonly jobs: number;
} {
  const decisions = wholeNumberOption('decisions', values.decisions, 0);
  const programs = wholeNumberOption('programs', values.programs, 0);
  if (decisions + programs === 0) throw new OptionError('--decisions or --programs has to be above 0.');
  return {
    counts: [
      ['decision', decisions],
      ['program', programs],
    ],
    seed: wholeNumberOption('seed', values.seed, 0),
    jobs: wholeNumberOption('jobs', values.jobs, 1),
  };
}

function look(): Memory {
  const host = childrenOf(process.pid).reduce((sum, pid) => sum + residentBytes(pid), 0);
  return { runner: process.memoryUsage.rss(), subject: host };
}

async function write(folder: string): Promise<void> {
  makeFolder(folder);
  const samples = depths.flatMap((depth) => depth.samples);
  const lines = samples.map(({ depth, cases, seconds, runner, subject: host }) =>
    [depth, cases, seconds.toFixed(3), runner, host].join(),
  );
  replaceFile(join(folder, 'soak.csv'), `${['depth,cases,seconds,runner,subject', ...lines].join('\n')}\n`);
  replaceFile(join(folder, 'soak.json'), `${JSON.stringify({ subject: name, ...setup, depths }, null, 2)}\n`);
  replaceFile(join(folder, 'soak.svg'), await renderChart(soakChart(depths)));
  console.log(`Report: ${folder}`);
}

function verdictText(soaked: SoakedDepth): string {
  const { cases, failed, seconds, growth } = soaked;
  const told = [
    `${cases.toLocaleString('en')} cases in ${seconds.toFixed(1)} s, ${failed} failed;`,
    `of a case ${growth.runner.toFixed(3)} bytes are kept in the runner, ${growth.subject.toFixed(3)} in the subject`,
    `(at most ${MOST_BYTES_A_CASE}).`,
  ].join(' ');
  return `${told} ${isFlat(soaked, MOST_BYTES_A_CASE) ? 'Flat.' : 'NOT flat, or cases failed.'}`;
}

function row(...cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(12)).join('');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
