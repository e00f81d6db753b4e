import { outcomeLines } from '../model/outcome-lines.js';
import { requestLines } from '../model/request-lines.js';
import type { Finding } from '../model/finding.js';
import type { Clause } from '../spec/clause.js';
import { incidentLines } from './incident-lines.js';
import { countText } from './table.js';

/**
 * A finding to read: the clause, the smallest case, both outcomes, and the command that shows it
 * again.
 */
export function findingText(finding: Finding, clause: Clause | undefined, replay: string): string {
  const title = clause === undefined ? '' : ` (${clause.level}) ${clause.title}`;
  const cases = finding.occurrences === 1 ? '1 case' : `${countText(finding.occurrences)} cases`;
  return [
    `${finding.clause}${title}: ${cases}`,
    ...labelled('case', [finding.case.id, ...requestLines(finding.case.request)]),
    ...labelled('expected', outcomeLines(finding.expected)),
    ...labelled(
      'observed',
      finding.incident === undefined ? outcomeLines(finding.observed) : incidentLines(finding.incident),
    ),
    ...labelled('replay', [replay]),
  ].join('\n');
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, at) => `  ${(at === 0 ? label : '').padEnd(10)}${line}`);
}
