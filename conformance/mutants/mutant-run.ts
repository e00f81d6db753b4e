import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { WrongImplementation } from '../catalogue/catalogue.js';
import { countText } from '../model/count-text.js';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

/** What a run of the suite on a mutant, the native build of a wrong implementation, came to. */
export interface MutantRun {
  /** How the run ended; undefined when its process was killed. */
  readonly exitCode: number | undefined;
  /** What was found, by clause, that with most cases first. */
  readonly found: readonly { readonly clause: ClauseId; readonly cases: number }[];
  /** Which of the written cases, counted from 1, failed first; null when none did. */
  readonly firstCase: number | null;
  /**
   * In how many cases it does something else than the reference with its rule; 0 where it has none,
   * undefined when it did not run.
   */
  readonly unlikeRule: number | undefined;
}

/**
 * What a run says of the suite.
 * - `attributed`: the error was found and told as one finding, attributed to its clause or to one
 *   that is as right.
 * - `scattered`: most of what was found is attributed to it, but one wrong rule was told as several
 *   findings.
 * - `misattributed`: it was found and attributed to others.
 * - `missed`: the mutant passed.
 * - `unlike-rule`: patch and rule of the wrong implementation are not the same error.
 * - `broken`: the run said nothing.
 */
export type MutantVerdict =
  'attributed' | 'scattered' | 'misattributed' | 'missed' | 'unlike-rule' | 'broken';

const CONFORMS = 0;
const DOES_NOT_CONFORM = 1;

/** Judges a run on the mutant of a wrong implementation. */
export function judgeMutant(
  { clause, also = [] }: WrongImplementation,
  { exitCode, found, unlikeRule }: MutantRun,
): MutantVerdict {
  if (unlikeRule === undefined) return 'broken';
  if (unlikeRule > 0) return 'unlike-rule';
  if (exitCode === CONFORMS && found.length === 0) return 'missed';
  // A mutant that breaks a SHOULD alone conforms, and is found all the same.
  if ((exitCode !== DOES_NOT_CONFORM && exitCode !== CONFORMS) || found.length === 0) return 'broken';
  const sum = (list: MutantRun['found']): number => list.reduce((total, { cases }) => total + cases, 0);
  const right = found.filter((each) => each.clause === clause || also.includes(each.clause));
  if (sum(right) * 2 <= sum(found)) return 'misattributed';
  return found.length === 1 ? 'attributed' : 'scattered';
}

/**
 * The lines of a report that tell of findings and written cases (spec/schemas/report.schema.json).
 */
type ReportLine =
  | { readonly record: 'case'; readonly verdict: string }
  | { readonly record: 'finding'; readonly clause: ClauseId; readonly occurrences: number }
  | { readonly record: 'header' | 'area' | 'footer' };

/** What was found, and when, from the text of a report. */
export function readFindings(report: string): Pick<MutantRun, 'found' | 'firstCase'> {
  const lines = report
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ReportLine);
  const first = lines.filter((line) => line.record === 'case').findIndex(({ verdict }) => verdict === 'fail');
  return {
    found: lines
      .filter((line) => line.record === 'finding')
      .map(({ clause, occurrences }) => ({ clause, cases: occurrences }))
      .sort((a, b) => b.cases - a.cases),
    firstCase: first < 0 ? null : first + 1,
  };
}

/** The line of a mutant: its verdict, its clause, what was found, and how early. */
export function mutantLine(wrong: WrongImplementation, run: MutantRun): string {
  const found = run.found.map(({ clause, cases }) => `${clause} (${countText(cases)})`).join(', ');
  const first = run.firstCase === null ? '' : `, first in written case ${countText(run.firstCase)}`;
  const unlike = run.unlikeRule ? `; unlike its rule in ${countText(run.unlikeRule)} cases` : '';
  const verdict = judgeMutant(wrong, run);
  return `${wrong.name} (${wrong.clause}): ${verdict}; found ${found || 'nothing'}${first}${unlike}`;
}

/** All cases of the classes, and some others. */
const CASES = 40_000;
const DECISIONS = 50_000;

/**
 * Runs the suite on the mutant of a wrong implementation, and compares it with its rule where it
 * has one: each in a process of its own, because ExecuTorch holds one delegate a process. The
 * mutant is built when it is not; the report is left in `folder`.
 */
export async function runMutant(
  root: string,
  { name, rules }: WrongImplementation,
  folder: string,
): Promise<MutantRun> {
  const report = join(folder, name);
  const { exitCode } = await execa(
    process.execPath,
    [
      join(root, 'scripts/trt-conformance.mjs'),
      'run',
      '--no-config',
      ...['--subject', `native:${name}`, '--report', report, '--jobs', '1'],
      ...['--cases', String(CASES), '--decisions', String(DECISIONS)],
    ],
    { reject: false, stdin: 'ignore' },
  );
  const file = join(report, 'report.jsonl');
  const found = readFindings(existsSync(file) ? readFileSync(file, 'utf8') : '');
  return { exitCode, ...found, unlikeRule: rules === undefined ? 0 : await compare(name) };
}

async function compare(name: string): Promise<number | undefined> {
  const script = join(import.meta.dirname, 'compare-with-rule.js');
  const { exitCode, stdout } = await execa(process.execPath, [script, name], {
    reject: false,
    stdin: 'ignore',
  });
  return exitCode === 0 ? Number(stdout) : undefined;
}
