import { visibleLine, visibleLines } from '../../model/visible-text.js';
import { VERDICTS } from '../../model/verdict.js';
import type { Clause } from '../../spec/clause.js';
import { findingText } from '../finding-text.js';
import { queriesText } from '../../model/filter.js';
import { countText } from '../../model/count-text.js';
import { timeText } from '../table.js';
import type { ToldFinding, ToldReport } from '../told-report.js';
import type { Format } from './format.js';

/** Findings that are told; GitHub shows a mebibyte of a summary at most. */
const MOST_FINDINGS = 30;
/** Characters of a finding that are told. */
const MOST_TEXT = 12_000;

/** A page in Markdown: the verdict, each finding with the command that shows it again, areas. */
export const SUMMARY: Format = {
  file: 'summary.md',
  help: 'a page in Markdown, such as the summary of a job on GitHub',
  write: (report, clauses) =>
    [heading(report), facts(report), missing(report), ...findings(report, clauses), areas(report)]
      .filter((part) => part !== '')
      .join('\n\n')
      .concat('\n'),
};

function heading({ exitCode, conclusion }: ToldReport): string {
  return `### ${exitCode === 0 ? '✅' : exitCode === 5 ? '⚠️' : '❌'} ${plain(conclusion)}`;
}

function facts({ header, areas: all, milliseconds }: ToldReport): string {
  const { subject, tool, specification, profile, seed, filter } = header;
  const versions = Object.entries(subject.versions).map(([name, version]) => `${name} ${version}`);
  const cases = all.reduce((sum, area) => sum + area.cases, 0);
  const rows: readonly (readonly [string, string])[] = [
    ['subject', `${subject.name} (${versions.join(', ')})`],
    ['profile', profile],
    ['suite', `${tool.name} ${tool.version}, specification ${specification}`],
    ['cases', `${countText(cases)} in ${timeText(milliseconds)}, seed ${seed}`],
    ...(filter === null ? [] : [['filter', queriesText(filter)] as const]),
  ];
  return table(['', ''], rows);
}

function missing({ demonstrated }: ToldReport): string {
  const clauses = demonstrated?.missing ?? [];
  if (clauses.length === 0) return '';
  return `${clauses.length} of ${demonstrated?.required ?? 0} required clauses were not demonstrated: ${plain(clauses.join(', '))}.`;
}

function findings(report: ToldReport, clauses: readonly Clause[]): readonly string[] {
  const told = report.findings.filter(({ finding }) => finding.verdict !== 'expected-fail');
  const known = report.findings.length - told.length;
  const more = told.length - MOST_FINDINGS;
  return [
    ...told.slice(0, MOST_FINDINGS).map((one) => findingPart(one, clauses)),
    ...(more > 0 ? [`${countText(more)} more findings are in the report.`] : []),
    ...(known > 0 ? [`${countText(known)} findings more are listed as expected.`] : []),
  ];
}

function findingPart({ finding, replay }: ToldFinding, clauses: readonly Clause[]): string {
  const clause = clauses.find(({ id }) => id === finding.clause);
  const title = clause === undefined ? finding.clause : `${clause.id} (${clause.level}) ${clause.title}`;
  const [, ...lines] = findingText(finding, clause, replay).trimEnd().split('\n');
  return `#### ${plain(title)}\n\n${fenced(lines.join('\n').slice(0, MOST_TEXT))}`;
}

function areas({ areas: all }: ToldReport): string {
  const shown = VERDICTS.filter((verdict) => all.some(({ verdicts }) => verdicts[verdict] > 0));
  const rows = all.map(({ name, cases, verdicts }) => [
    name,
    countText(cases),
    ...shown.map((verdict) => countText(verdicts[verdict])),
  ]);
  const body = table(['area', 'cases', ...shown], rows);
  return `<details><summary>Areas</summary>\n\n${body}\n\n</details>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A text that Markdown shows as it is, on one line and in a cell, too. */
function plain(text: string): string {
  return visibleLine(text).replace(/[\\`*_[\]<>|#~]/g, '\\$&');
}

/** Lines as they are; no text in them ends the block. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${visibleLines(text)}\n${fence}`;
}
