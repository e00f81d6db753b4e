import { outcomeLines } from '../model/outcome-lines.js';
import { requestLines } from '../model/request-lines.js';
import type { Finding } from '../model/finding.js';
import { isState, type Recurrence, recurrenceText } from '../model/recurrence.js';
import type { Clause } from '../spec/clause.js';
import { countText } from './table.js';
import type { Incident } from '../model/incident.js';
import { briefly, lineList, visible, visibleLines, type VisibleText } from '../model/visible-text.js';

/**
 * A finding to read: its clause, smallest case, both outcomes, the command to replay it, and an
 * empty line.
 */
export function findingText(finding: Finding, clause: Clause | undefined, replay: string): VisibleText {
  const title = clause === undefined ? '' : ` (${clause.level}) ${clause.title}`;
  const cases = finding.occurrences === 1 ? '1 case' : `${countText(finding.occurrences)} cases`;
  return lineList([
    visible`${finding.clause}${title}: ${cases}`,
    ...labelled('case', [finding.case.id, ...requestLines(finding.case.request)]),
    ...labelled('expected', outcomeLines(finding.expected)),
    ...labelled(
      'observed',
      finding.incident === undefined ? outcomeLines(finding.observed) : incidentLines(finding.incident),
    ),
    ...labelled('also', finding.also === undefined ? [] : [`breaks ${finding.also.join(', ')}`]),
    ...labelled('again', againLines(finding.recurrence)),
    ...labelled('replay', [replay]),
    visible``,
  ]);
}

/** How it came back in fresh processes; nothing where it did so alone. */
function againLines(recurrence: Recurrence | undefined): readonly string[] {
  const text = recurrenceText(recurrence);
  if (text === null) return [];
  return [isState(recurrence) ? `${text}: the delegate keeps something from load to load` : text];
}

function labelled(label: string, lines: readonly string[]): VisibleText[] {
  return lines.map((line, at) => visible`  ${(at === 0 ? label : '').padEnd(10)}${line}`);
}

/** Lines of standard error that are shown; the report has more of them. */
const SHOWN_LINES = 12;

/** An incident to read: what happened, and the end of what the subject wrote to standard error. */
export function incidentLines({ kind, message, stderr }: Incident): readonly VisibleText[] {
  const said = visibleLines(stderr).trimEnd().split('\n').slice(-SHOWN_LINES);
  return [
    visible`${kind}: ${briefly(message)}`,
    ...(stderr.trim() === '' ? [] : [visible`standard error:`, ...said.map((line) => briefly(line))]),
  ];
}
