import type { NotRun } from '../run/not-run.js';
import type { Header } from '../run/header.js';
import type { VerdictCounts } from '../model/verdict.js';
import type { Schemas } from '../spec/schemas.js';
import { brokenLink, withoutLink } from './line-chain.js';
import { ReportRefused } from './report-refused.js';

export { ReportRefused };

/** The last line of a finished report. */
export interface FooterLine {
  readonly cases: number;
  readonly verdicts: VerdictCounts;
  readonly findings: number;
  readonly outcome: string;
  readonly exitCode: number;
  readonly conclusion?: string;
  readonly demonstration?: object;
  readonly hostileFaults?: number;
  readonly staleExpectations?: number;
  readonly notRun?: NotRun;
  readonly milliseconds: number;
}

/** The lines of a finished report by their kind. */
export interface ReportText {
  readonly header: Header;
  readonly footer: FooterLine;
  /** The lines of that record, without their links. */
  readonly of: (record: string) => readonly unknown[];
}

/**
 * Reads the lines of a finished report.
 *
 * @throws ReportRefused when it is not finished, or a line was changed, moved, added or taken out.
 */
export function readReportText(text: string, schemas: Schemas): ReportText {
  const lines = text.split('\n');
  const end = lines.pop();
  if (lines.length === 0) throw new ReportRefused('It is empty.');
  if (end !== '') throw refusedLine(lines.length + 1, `is cut: the report has no end. ${UNFINISHED}`);
  const parsed = lines.map((line, at) => parsedLine(line, at + 1, schemas));
  const [header, footer] = [parsed[0], parsed.at(-1)];
  if (header?.['record'] !== 'header') throw refusedLine(1, 'is no header');
  if (footer?.['record'] === 'shard') throw new ReportRefused(shardText(footer));
  if (footer?.['record'] !== 'footer') {
    throw refusedLine(lines.length, `is no footer: the report is incomplete. ${UNFINISHED}`);
  }
  const broken = brokenLink(lines);
  if (broken !== null) {
    throw refusedLine(
      broken + 1,
      'does not follow from the lines before it: it was changed, moved or added, or a line before it was taken out',
    );
  }
  return {
    header: header as unknown as Header,
    footer: footer as unknown as FooterLine,
    of: (record) => parsed.filter((line) => line['record'] === record).map(withoutLink),
  };
}

const UNFINISHED =
  'The run was cut short or goes on; run --resume with its options ends it, and nothing is said before';

/** Why a shard is no report of a run, and how one is made of it. */
function shardText({ number, of }: Readonly<Record<string, unknown>>): string {
  return `It is shard ${String(number)} of ${String(of)} of a run, which says nothing alone. Merge it with the others: trt-conformance report merge SHARD... --report FOLDER`;
}

function parsedLine(line: string, number: number, schemas: Schemas): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw refusedLine(number, 'is not JSON');
  }
  const [fault] = schemas.faults('report', value);
  if (fault !== undefined) throw refusedLine(number, `breaks the schema of reports: ${fault}`);
  return value as Readonly<Record<string, unknown>>;
}

/** Why a report is refused, by the number of a line, from 1. */
export function refusedLine(line: number, why: string): ReportRefused {
  return new ReportRefused(`Line ${line} ${why}.`);
}
