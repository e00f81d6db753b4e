import { coverageText } from '../coverage/clause-coverage.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import { queriesText } from '../model/filter.js';
import type { Finding } from '../model/finding.js';
import type { CaseResult, RunResult } from '../model/run-result.js';
import type { Header } from '../run/header.js';
import type { RunPart } from '../run/plan/section.js';
import type { EndedRun, EndedShard, Reporter } from '../run/reporter.js';
import { type HostileEnds, hostileFaults } from '../run/run-hostile.js';
import { agreementText, clauseResults } from './clause-results.js';
import { conclusionText, notRunText } from './conclusion-text.js';
import { findingText } from './finding-text.js';
import { foldLines } from './fold-lines.js';
import { hostileText } from './hostile-text.js';
import { Progress } from './progress.js';
import { REPORT } from './report-folder.js';
import type { ReporterContext } from './reporter-context.js';
import { countText } from '../model/count-text.js';
import { resultTable, timeText } from './table.js';
import {
  briefly,
  lineList,
  together,
  visible,
  visibleLines,
  type VisibleLines,
  type VisibleText,
} from '../model/visible-text.js';

const NOTHING = visible``;

/** Tells of a run on the console: what runs, how far it is, and what it came to. */
export class ConsoleReporter implements Reporter {
  readonly #context: Omit<ReporterContext, 'root' | 'earlier'>;
  readonly #progress: Progress;
  readonly #findings: VisibleText[] = [];

  constructor(context: Omit<ReporterContext, 'root' | 'earlier'>) {
    this.#context = context;
    this.#progress = new Progress(context.err);
  }

  begin(header: Header): void {
    this.#context.out(foldLines(startText(header)));
  }

  progress(part: RunPart, done: number): void {
    this.#progress.update(part, done);
  }

  /** What is expected is counted in the table alone. */
  finding(finding: Finding): void {
    if (finding.verdict === 'expected-fail') return;
    const { clauses, replay } = this.#context;
    const clause = clauses.find(({ id }) => id === finding.clause);
    this.#findings.push(findingText(finding, clause, replay(finding)));
  }

  end(ended: EndedRun): void {
    this.close();
    const { result, coverage, hostile } = ended;
    const { out, folder } = this.#context;
    const text = [
      visibleLines(`${resultTable(result)}\n\n`),
      ...this.#findings,
      coverage === null ? NOTHING : lineList([visible`${coverageText(coverage)}`]),
      visibleLines(agreementText(clauseResults(result))),
      isHostileSilent(hostile) ? NOTHING : hostileText(hostile),
      reasonsText(result.cases),
      checksText(result.checks ?? []),
      visibleLines(rateText(result)),
      lineList([...concludedLines(ended), visible`Report: ${folder}/${REPORT}`]),
    ];
    out(foldLines(together(...text)));
  }

  /** What a shard counted: no word of conformance, for which all of them are needed. */
  endShard({ header: { shard }, result, hostile, end }: EndedShard): void {
    this.close();
    const { out, folder } = this.#context;
    const failed = FAILURES.reduce((sum, verdict) => sum + result.verdicts[verdict], 0);
    const found = failed === 0 ? 'none of them failed' : `${countText(failed)} of them failed`;
    out(
      foldLines(
        together(
          visibleLines(`${resultTable(result)}\n\n`),
          ...this.#findings,
          isHostileSilent(hostile) ? NOTHING : hostileText(hostile),
          lineList([
            visible`Shard ${String(shard.number)} of ${String(shard.of)}: ${countText(end.cases)} cases, ${found}. A part of a run says nothing of conformance.`,
            visible`When all are there: npx trt-conformance report merge SHARD... --report FOLDER`,
            visible`Report: ${folder}/${REPORT}`,
          ]),
        ),
      ),
    );
  }

  close(): void {
    this.#progress.end();
  }
}

/** Whether there is nothing to say of hostile files: none was to be run. */
function isHostileSilent({ results, control }: HostileEnds): boolean {
  return results.length === 0 && control === null;
}

/** What is said when a run starts: what runs, and what has to be given to run the same again. */
function startText({
  tool,
  specification,
  subject,
  seed,
  generated,
  decisions,
  filter,
  shard,
}: Header): VisibleLines {
  const versions = Object.entries(subject.versions).map(([name, version]) => `${name} ${version}`);
  const chosen = filter === null ? '' : `, filter ${queriesText(filter)}`;
  const part = shard === undefined ? '' : `, shard ${shard.number} of ${shard.of}`;
  return lineList([
    visible`${tool.name} ${tool.version}, specification ${specification}`,
    visible`subject ${subject.name} (${briefly(versions.join(', '))}), oracle reference`,
    visible`seed ${seed}, ${countText(generated)} generated programs, ${countText(decisions)} decisions${chosen}${part}`,
    NOTHING,
  ]);
}

/** Why cases were not run, the most frequent reason first. Empty, or ends with a newline. */
function reasonsText(cases: readonly CaseResult[]): VisibleText {
  const counts = new Map<string, number>();
  for (const { reason } of cases) if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 0) return NOTHING;
  const sorted = [...counts].sort(([a, m], [b, n]) => (m === n ? (a < b ? -1 : 1) : n - m));
  const lines = sorted.map(
    ([reason, count]) => visible`  ${countText(count).padStart(5)}  ${briefly(reason)}`,
  );
  return lineList([visible`Written cases that were not run, by the reason:`, ...lines]);
}

/** A line for each device check. Empty without any; ends with a newline else. */
function checksText(checks: readonly DeviceCheckResult[]): VisibleText {
  if (checks.length === 0) return NOTHING;
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(
    ({ name, clause, verdict, message }) =>
      visible`  ${verdict.padEnd(9)}  ${name.padEnd(width)}  ${message}${clause === null ? '' : ` (${clause})`}`,
  );
  return lineList([visible`On the device:`, ...lines]);
}

/** Sections whose cases are not programs that a subject loads. */
const NO_LOADS: readonly string[] = ['export', 'decisions', 'exhaustive'];

/** Fewer cases tell nothing of speed. */
const LEAST_RATED = 10_000;

/**
 * How fast the cases at program depth were run and judged; empty when they were too few to tell.
 */
export function rateText({ sections }: Pick<RunResult, 'sections'>): string {
  const loaded = sections.filter(({ name }) => !NO_LOADS.includes(name));
  const cases = loaded.reduce((sum, section) => sum + section.cases, 0);
  const milliseconds = loaded.reduce((sum, section) => sum + section.milliseconds, 0);
  if (cases < LEAST_RATED || milliseconds === 0) return '';
  const rate = countText(Math.round((cases * 1000) / milliseconds));
  return `Program cases: ${countText(cases)} in ${timeText(milliseconds)}, ${rate} a second.\n`;
}

/** What a run says at its end, and where else to look for what went wrong. */
function concludedLines({
  result,
  conclusion,
  hostile,
  stale,
  notRun = null,
}: EndedRun): readonly VisibleText[] {
  const checks = (result.checks ?? []).some(({ verdict }) => FAILED_CHECKS.includes(verdict));
  return [
    ...(hostileFaults(hostile) === 0
      ? []
      : [visible`The subject failed: see above what it did with hostile files.`]),
    ...(checks ? [visible`Device checks failed: see above.`] : []),
    ...(notRun === null ? [] : [visible`${notRunText(notRun)}`]),
    visible`${conclusionText({ conclusion, findings: result.findings, stale: stale.length, notRun })}`,
  ];
}

const FAILURES = ['fail', 'crashed', 'timed-out', 'protocol-error'] as const;

const FAILED_CHECKS: readonly string[] = ['fail', 'crashed', 'timed-out'];
