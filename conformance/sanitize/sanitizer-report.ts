import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a sanitizer wrote about one error. */
export interface SanitizerReport {
  /** What it found, in its own words, without numbers of processes and addresses. */
  readonly what: string;
  /** The frames of its first stack, the innermost first: what stands behind their number. */
  readonly frames: readonly string[];
  /** All of it. */
  readonly text: string;
}

/** A report, and how often it came: in several processes, or several times in one. */
export interface CountedReport {
  readonly report: SanitizerReport;
  readonly count: number;
}

/**
 * Where a report begins. A sanitizer that cannot work says so with a line `FATAL`, which is a
 * report, too: nothing was looked for.
 */
const HEAD =
  /^(?:==\d+==\s*(?:ERROR|WARNING)?:? ?(.*Sanitizer.*)|WARNING: (ThreadSanitizer: .*)|FATAL: (.*Sanitizer.*)|.*?:\d+:\d+: (runtime error: .*))$/;
const FRAME = /^\s+#\d+ (?:0x[0-9a-f]+ )?(?:in )?(.*)$/;
/** What a line says of the processor and of the process. */
const REGISTERS = / ?\((?:pc 0x|pid=)[^)]*\)| at pc 0x.*$/g;
/** What differs from run to run. */
const CHANCE = /\(pid=\d+\)|==\d+==|0x[0-9a-f]{6,}/g;

/** The reports in a folder that `log_path` names; empty where nothing was reported. */
export function reportsIn(folder: string): readonly SanitizerReport[] {
  const files = readdirSync(folder).sort();
  return files.flatMap((file) => readReports(readFileSync(join(folder, file), 'utf8')));
}

/**
 * The reports in what a process wrote to its file. A text in which none begins is one report: what
 * a sanitizer writes is never passed over.
 */
export function readReports(text: string): readonly SanitizerReport[] {
  const reports = reportsAmong(text);
  return reports.length > 0 || text.trim() === '' ? reports : [reportOf(text.split('\n'))];
}

/**
 * The reports among what a program wrote to its outputs: those of UndefinedBehaviorSanitizer, whose
 * `log_path` says nothing beside AddressSanitizer in the libraries of GCC.
 */
export function reportsAmong(text: string): readonly SanitizerReport[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, at) => (isHead(line) ? [at] : []));
  return starts.map((start, at) => reportOf(lines.slice(start, starts[at + 1])));
}

/** Frames by which reports are told apart: what lies behind them is how the fault was come to. */
const TELLING = 4;

/** Equal reports as one, in the order in which they first came. */
export function countReports(reports: readonly SanitizerReport[]): readonly CountedReport[] {
  const counted = new Map<string, { report: SanitizerReport; count: number }>();
  for (const report of reports) {
    const key = [report.what, ...report.frames.slice(0, TELLING)].join('\n').replace(CHANCE, '');
    const known = counted.get(key);
    if (known === undefined) counted.set(key, { report, count: 1 });
    else known.count++;
  }
  return [...counted.values()];
}

function isHead(line: string): boolean {
  return HEAD.test(line) && !/HINT|ABORTING|SUMMARY/.test(line);
}

function reportOf(lines: readonly string[]): SanitizerReport {
  const head = lines.find(isHead) ?? lines.find((line) => line.trim() !== '') ?? '';
  const [, ...parts]: readonly (string | undefined)[] = HEAD.exec(head) ?? [];
  const what = parts.find((part) => part !== undefined) ?? head;
  const first = lines.findIndex((line) => FRAME.test(line));
  const stack = first < 0 ? [] : lines.slice(first);
  const end = stack.findIndex((line) => !FRAME.test(line));
  const frames = stack.slice(0, end < 0 ? undefined : end).map((line) => FRAME.exec(line)?.[1] ?? '');
  return { what: what.replace(REGISTERS, '').trim(), frames, text: lines.join('\n').trimEnd() };
}
