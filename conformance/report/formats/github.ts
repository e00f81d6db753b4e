import { findingMessage } from '../../model/finding-message.js';
import { visibleLines } from '../../model/visible-text.js';
import type { Clause } from '../../spec/clause.js';
import type { ToldReport } from '../told-report.js';
import type { Format } from './format.js';

/**
 * Commands of a workflow on GitHub, a line each: an annotation for each finding and one for the
 * verdict, which comes first, since GitHub shows ten of a step.
 */
export const GITHUB: Format = {
  file: 'github.txt',
  help: 'annotations of a workflow on GitHub',
  write: (report, clauses) =>
    [verdictLine(report), ...findingLines(report, clauses)].map((line) => `${line}\n`).join(''),
};

function verdictLine({ exitCode, conclusion, header }: ToldReport): string {
  const level = exitCode === 0 ? 'notice' : exitCode === 5 ? 'warning' : 'error';
  return command(level, `${header.tool.name}: ${header.subject.name}`, conclusion);
}

function findingLines({ findings }: ToldReport, clauses: readonly Clause[]): readonly string[] {
  return findings.flatMap(({ finding, replay }) => {
    if (finding.verdict === 'expected-fail') return [];
    const clause = clauses.find(({ id }) => id === finding.clause);
    const level = clause === undefined || clause.level === 'MUST' ? 'error' : 'warning';
    const title = clause === undefined ? finding.clause : `${clause.id} (${clause.level}) ${clause.title}`;
    return [command(level, title, `${findingMessage(finding)}\n${replay}`)];
  });
}

function command(level: string, title: string, message: string): string {
  return `::${level} title=${property(title)}::${data(message)}`;
}

const data = (text: string): string => visibleLines(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
