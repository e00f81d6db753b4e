import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from 'shlex';
import { countText } from '../model/count-text.js';
import type { Part, PartResult, Setting } from './part.js';
import { countReports, reportsAmong } from './sanitizer-report.js';
import { watch, type Watched } from './start.js';

/** A subject of a run of the suite: a command line that speaks the protocol. */
export interface SuiteSubject {
  readonly name: string;
  readonly targets: readonly string[];
  readonly command: (setting: Setting) => readonly [program: string, ...args: readonly string[]];
  /** It answers budget rules alone. */
  readonly decidesOnly?: true;
}

/** What a report of a run says that is needed here (spec/schemas/report.schema.json). */
interface Finding {
  readonly record: 'finding';
  readonly case: { readonly id: string };
  readonly message: string;
  readonly replay: string;
  readonly observed: { readonly kind: string; readonly stderr?: string };
}

type ReportLine =
  | Finding
  | { readonly record: 'footer'; readonly cases: number }
  | { readonly record: 'header' | 'case' | 'clause' | 'area' | 'check' };

/** Everything that a run of the suite does with a subject out of process, but hostile files. */
export function suitePart({ name, targets, command, decidesOnly }: SuiteSubject): Part {
  return {
    name,
    targets,
    run: async (setting) => {
      const { root, sanitizer, scratch } = setting;
      const report = join(scratch, `${name}-report`);
      const words = ['--no-config', '--subject', `exec:${command(setting).map(quote).join(' ')}`];
      const depth = decidesOnly === true ? ['--depth', 'decision'] : [];
      const argv = ['run', ...words, ...depth, ...chosen(setting, decidesOnly === true), '--report', report];
      const script = join(root, 'scripts/trt-conformance.mjs');
      const watched = await watch(sanitizer, join(scratch, name), [process.execPath, script, ...argv], root);
      return resultOf(watched, readLines(join(report, 'report.jsonl')));
    },
  };
}

/** A sanitizer makes a case slower, and the end of a process slower still. */
const TIMEOUT = '120s';
/**
 * One in so many of the decisions for a subject that is asked for them in lines of JSON, which take
 * the runner as much longer.
 */
const LINES_SHARE = 10;
/** They are a part of their own, in which each is known by its reports. */
const NOT_HOSTILE = '!hostile';

function chosen({ cases, decisions: asked, jobs, filter }: Setting, decidesOnly: boolean): string[] {
  const decisions = decidesOnly ? Math.ceil(asked / LINES_SHARE) : asked;
  const queries = [...filter, ...(decidesOnly ? [] : [NOT_HOSTILE])].flatMap((query) => ['--filter', query]);
  return [
    ...['--cases', String(cases), '--decisions', String(decisions)],
    ...['--jobs', String(jobs), '--timeout', TIMEOUT, ...queries],
  ];
}

function resultOf({ exitCode, all, logged }: Watched, lines: readonly ReportLine[]): PartResult {
  const footer = lines.find((line) => line.record === 'footer');
  const ended = exitCode === CONFORMS || exitCode === INCOMPLETE;
  // What is only recommended is found in a kit that conforms.
  const findings = lines
    .filter((line) => line.record === 'finding')
    .filter((line) => !ended || isIncident(line));
  const told = findings.map(({ case: { id }, message, replay }) => `case ${id}\n  ${message}\n  ${replay}`);
  const isUntold = footer === undefined || (!ended && told.length === 0);
  const said = findings.flatMap(({ observed }) => reportsAmong(observed.stderr ?? ''));
  return {
    ran: `${countText(footer?.cases ?? 0)} cases`,
    reports: countReports([...logged, ...said]),
    failures: isUntold ? [`the run ended with ${exitCode ?? 'a signal'}:\n${all}`] : told,
  };
}

/** Whether a subject broke at it, rather than answering what is not expected. */
function isIncident({ observed }: Finding): boolean {
  return observed.kind !== 'outcome';
}

const CONFORMS = 0;
/** A filter leaves clauses out; a kit answers a part of them. */
const INCOMPLETE = 5;

function readLines(file: string): readonly ReportLine[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as ReportLine);
}
