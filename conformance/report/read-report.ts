import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../files/file-error.js';
import { readPlainText } from '../files/read-plain-file.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { CaseKind } from '../model/case.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import type { Verdict } from '../model/verdict.js';
import { caseFromJson } from '../wire/json/json-case.js';
import { exportedFromJson } from '../wire/json/json-export.js';
import { outcomeFromJson } from '../wire/json/json-outcome.js';
import { sequenceFromJson } from '../wire/json/json-sequence.js';
import { UnfitJsonError } from '../wire/json/unfit-json-error.js';
import type { Finding } from '../model/finding.js';
import type { CaseResult } from '../model/run-result.js';
import type { Step } from '../run/state/step.js';
import { DocumentError, type Schemas } from '../spec/schemas.js';
import { NO_OUTCOME } from '../model/no-outcome.js';
import type { Header } from '../run/header.js';
import type { Look } from '../run/state/look.js';
import type { FindingLine } from './finding-line.js';
import { type LookLine, lookOf } from './look-lines.js';
import { type CountedLine, stepOf } from './report-lines.js';
import { withoutLink } from './line-chain.js';
import type { ShardLine } from './shard-line.js';
import { REPORT } from './report-folder.js';

/** A report that was left without its footer. */
export interface UnfinishedReport {
  readonly kind: 'unfinished';
  readonly header: Header;
  /** What was counted, in its order. */
  readonly steps: readonly Step[];
  /** The lines that hold it, the header first. What stood behind them was not counted. */
  readonly lines: readonly string[];
}

/** The report of a shard that took all its steps. */
export interface FinishedShard {
  readonly kind: 'shard';
  readonly header: Header;
  readonly steps: readonly Step[];
  readonly end: ShardLine;
}

/** The lines since the last step that was counted. */
interface Uncounted {
  readonly results: CaseResult[];
  readonly findings: Finding[];
  readonly checks: DeviceCheckResult[];
  readonly looks: Look[];
}

/** What is known of the report in a folder. `damaged`: it is none, for the reason given. */
export type EarlierReport =
  | { readonly kind: 'none' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'damaged'; readonly reason: string }
  | UnfinishedReport
  | FinishedShard;

/** A written case in a report. */
export interface CaseLine {
  readonly record: 'case';
  readonly id: string;
  readonly area: string;
  readonly clauses: readonly ClauseId[];
  readonly kind: CaseKind;
  readonly depth?: 'decision';
  readonly verdict: Verdict;
  readonly finding?: string;
  readonly reason?: string;
}

type Line =
  | Header
  | CaseLine
  | FindingLine
  | CountedLine
  | LookLine
  | ShardLine
  | ({ readonly record: 'device-check' } & DeviceCheckResult)
  | { readonly record: 'area' | 'clause' | 'hostile' | 'footer' };

/**
 * Reads the report in a folder as far as it goes. A last line that was torn when the runner was
 * killed is left out, and so are cases and findings whose step was not counted.
 *
 * @param root the folder of the suite, below which cases name files
 */
export function readReport(folder: string, root: string, schemas: Schemas): EarlierReport {
  const file = join(folder, REPORT);
  if (!existsSync(file)) return { kind: 'none' };
  const text = readText(file);
  if (typeof text !== 'string') return { kind: 'damaged', reason: text.message.replace(/\.$/, '') };
  const lines = text.split('\n').slice(0, -1);
  if (lines.length === 0) return { kind: 'none' };
  try {
    return readReportLines(lines, root, schemas, file);
  } catch (cause) {
    // A finished report may be one of another version.
    if (/^\{"record":"(?:footer|shard)",.*\}$/.test(lines.at(-1) ?? '')) return { kind: 'finished' };
    if (cause instanceof DocumentError) return { kind: 'damaged', reason: cause.message };
    throw cause;
  }
}

/** The text of a report, or why it is none. */
function readText(file: string): string | FileError {
  try {
    return readPlainText(file);
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}

/**
 * The report that lines are, as far as they go.
 *
 * @param file names it in messages
 * @throws DocumentError for lines that are none of a report.
 */
export function readReportLines(
  lines: readonly string[],
  root: string,
  schemas: Schemas,
  file: string,
): EarlierReport {
  const read = (text: string, at: number): Line =>
    schemas.parse('report', text, `${file}, line ${at + 1}`) as Line;
  const [first, ...rest] = lines;
  const header = read(first ?? '', 0);
  if (header.record !== 'header') throw new DocumentError(file, 'does not begin with a header.');
  if (!('profile' in header)) throw new DocumentError(file, 'was written by an earlier version.');
  const steps: Step[] = [];
  const none = (): Uncounted => ({ results: [], findings: [], checks: [], looks: [] });
  let uncounted = none();
  let counted = 0;
  for (const [at, text] of rest.entries()) {
    const line = read(text, at + 1);
    switch (line.record) {
      case 'case':
        uncounted.results.push(caseOf(line));
        break;
      case 'finding':
        uncounted.findings.push(findingOf(line, root));
        break;
      case 'device-check':
        uncounted.checks.push(checkOf(line));
        break;
      case 'counted':
        steps.push(stepOf(line, uncounted));
        [uncounted, counted] = [none(), at + 1];
        break;
      case 'look':
        uncounted.looks.push(lookOf(line, (each) => findingOf(each, root)));
        break;
      case 'shard':
        return { kind: 'shard', header: withoutLink(header), steps, end: line };
      case 'footer':
        return { kind: 'finished' };
      case 'hostile':
      case 'area':
      case 'clause':
      case 'header':
        throw new DocumentError(`${file}, line ${at + 2},`, `is a ${line.record}, which was not due.`);
    }
  }
  return { kind: 'unfinished', header, steps, lines: lines.slice(0, counted + 1) };
}

/** What a line tells of a written case. */
export function caseOf(line: CaseLine): CaseResult {
  const { id, area, clauses, kind, depth, verdict, finding, reason } = line;
  const why = { ...(depth === undefined ? {} : { depth }), ...(reason === undefined ? {} : { reason }) };
  return { case: { id, clauses, kind }, section: area, verdict, finding: finding ?? null, ...why };
}

function checkOf({ name, clause, verdict, message, observed }: DeviceCheckResult): DeviceCheckResult {
  return { name, clause, verdict, message, observed };
}

/**
 * What a line tells of a finding; its case and sequence may name files below `root`.
 *
 * @throws DocumentError when its case is none that there can be, or names a file that there is not
 */
export function findingOf(line: FindingLine, root: string): Finding {
  try {
    return findingOfLine(line, root);
  } catch (cause) {
    const isOfFile = cause instanceof Error && 'syscall' in cause;
    if (!(cause instanceof UnfitJsonError) && !isOfFile) throw cause;
    throw new DocumentError(`The case ${line.case.id} of a finding`, `cannot be read: ${cause.message}`, {
      cause,
    });
  }
}

function findingOfLine(line: FindingLine, root: string): Finding {
  const { fingerprint, verdict, clause, also, occurrences, observed, differences } = line;
  const { recurrence, sequence, exported } = line;
  const readFile = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)));
  return {
    fingerprint,
    verdict,
    clause,
    ...(also === undefined ? {} : { also }),
    case: caseFromJson(line.case, readFile),
    expected: outcomeFromJson(line.expected),
    observed: observedOf(observed),
    ...(observed.kind === 'outcome' ? {} : { incident: observed }),
    differences,
    occurrences,
    ...(recurrence === undefined ? {} : { recurrence }),
    ...(sequence === undefined ? {} : { sequence: sequenceFromJson(sequence, readFile) }),
    ...(exported === undefined ? {} : { exported: exportedFromJson(exported) }),
  };
}

function observedOf(observed: FindingLine['observed']): Outcome {
  return observed.kind === 'outcome' ? outcomeFromJson(observed.outcome) : NO_OUTCOME;
}
