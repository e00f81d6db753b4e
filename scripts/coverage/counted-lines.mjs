import path from 'node:path';

import { execa } from 'execa';

import { PrerequisiteError } from '../build/build-errors.mjs';

/**
 * @typedef {object} FileLines how often each line of a source file ran that is code
 * @property {string} file relative to native/
 * @property {ReadonlyMap<number, number>} counts by the number of the line
 */

/**
 * What gcov says of files of counters.
 *
 * @param {readonly string[]} counters absolute paths of .gcda files
 * @param {object} places
 * @param {string} places.build where they were compiled
 * @param {string} places.native the folder native/
 * @param {readonly string[]} places.sources folders below it whose files are told of
 * @returns {Promise<FileLines[]>} by the name of the file
 * @throws {PrerequisiteError} without gcov, or when it is not that of the compiler
 */
export async function countedLines(counters, { build, native, sources }) {
  const gcov = process.env['GCOV'] ?? 'gcov';
  const said = await execa(gcov, ['--json-format', '--stdout', ...counters], {
    cwd: build,
    env: { LC_ALL: 'C' },
    reject: false,
    stdin: 'ignore',
  });
  if (said.failed) {
    throw new PrerequisiteError([
      {
        what: `${gcov} could not read the counters: ${said.stderr || said.shortMessage}`,
        remedy: 'gcov comes with gcc, and has to be of its version; GCOV names another one.',
      },
    ]);
  }
  return readCounts(said.stdout.split('\n'), { build, native, sources });
}

/**
 * @param {readonly string[]} lines what gcov printed: one document a line
 * @param {{build: string, native: string, sources: readonly string[]}} places
 * @returns {FileLines[]}
 */
export function readCounts(lines, { build, native, sources }) {
  /** @type {Map<string, Map<number, number>>} */
  const files = new Map();
  for (const line of lines.filter((text) => text !== '')) {
    /** @type {{files: {file: string, lines: {line_number: number, count: number}[]}[]}} */
    const document = JSON.parse(line);
    for (const { file, lines: counted } of document.files) {
      const name = path.relative(native, path.resolve(build, file));
      if (!sources.some((folder) => name.startsWith(`${folder}/`))) continue;
      const counts = files.get(name) ?? new Map();
      // A template, or an inline function, has a count in every file that takes it.
      for (const { line_number: at, count } of counted) counts.set(at, (counts.get(at) ?? 0) + count);
      files.set(name, counts);
    }
  }
  return [...files].map(([file, counts]) => ({ file, counts })).sort((a, b) => (a.file < b.file ? -1 : 1));
}

/**
 * A table with a line for each file, and which of its lines did not run.
 *
 * @param {readonly FileLines[]} files
 * @param {(file: string) => boolean} [isLeftOut] whether a file is told of alone
 * @returns {{text: string, percent: number}} percent of the lines that count; 0 without any
 */
export function linesTable(files, isLeftOut = () => false) {
  const width = Math.max(5, ...files.map(({ file }) => file.length));
  let [allLines, allRun] = [0, 0];
  const rows = files.map(({ file, counts }) => {
    const missing = [...counts].filter(([, count]) => count === 0).map(([line]) => line);
    const run = counts.size - missing.length;
    const leftOut = isLeftOut(file);
    if (!leftOut) allLines += counts.size;
    if (!leftOut) allRun += run;
    const ranges = rangesOf(missing.sort((a, b) => a - b));
    return row(file, run, counts.size, leftOut ? `${ranges} (does not count)` : ranges);
  });
  const percent = allLines === 0 ? 0 : (100 * allRun) / allLines;
  const head = `${'file'.padEnd(width)}   lines    run        did not run`;
  return { text: [head, ...rows, row('all', allRun, allLines, '')].join('\n'), percent };

  /**
   * @param {string} name
   * @param {number} run
   * @param {number} lines
   * @param {string} rest
   */
  function row(name, run, lines, rest) {
    const share = lines === 0 ? 100 : (100 * run) / lines;
    const cells = [String(lines).padStart(7), String(run).padStart(7), `${share.toFixed(1).padStart(6)} %`];
    return `${name.padEnd(width)} ${cells.join('')}   ${rest}`.trimEnd();
  }
}

/** @param {readonly number[]} lines in order */
function rangesOf(lines) {
  /** @type {[number, number][]} */
  const ranges = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && line === last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([first, end]) => (first === end ? String(first) : `${first}-${end}`)).join(' ');
}
