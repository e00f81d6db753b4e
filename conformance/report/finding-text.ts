import { quoteBytes } from '../../reference/index.js';
import { outcomeLines } from '../model/outcome-lines.js';
import { requestLines } from '../model/request-lines.js';
import { exportLines } from '../model/export-lines.js';
import type { ExportEvidence, Finding } from '../model/finding.js';
import { isState, type Recurrence, recurrenceText } from '../model/recurrence.js';
import { areaOf } from '../spec/areas.js';
import type { Clause } from '../spec/clause.js';
import { countText } from '../model/count-text.js';
import type { Incident } from '../model/incident.js';
import { briefly, lineList, visible, visibleLines, type VisibleText } from '../model/visible-text.js';
import { inlineCase } from '../wire/json/inline-case.js';
import { bytesThatMatter, type ShownBytes } from './bytes-that-matter.js';
import { hexText } from './hex-text.js';
import { replayedJson } from './replayed-json.js';
import { objections } from './objections.js';

/** Characters of a case in a command; what is longer is replayed from its file. */
const LONGEST_INLINE = 1500;
/** Values of a case that are shown byte by byte. */
const MOST_VALUES = 4;

/**
 * A finding to read where nothing else is at hand: its clause and what that says, the smallest case
 * and the bytes in it that matter, both outcomes, the command to replay it, and an empty line.
 */
export function findingText(finding: Finding, clause: Clause | undefined, replay: string): VisibleText {
  const title = clause === undefined ? '' : ` (${clause.level}) ${clause.title}`;
  const cases = finding.occurrences === 1 ? '1 case' : `${countText(finding.occurrences)} cases`;
  const { expected, observed } = sidesOf(finding);
  return lineList([
    visible`${finding.clause}${title}: ${cases}`,
    ...labelled('rule', clause === undefined ? [] : [clause.sentence]),
    ...labelled('case', [finding.case.id, ...askedLines(finding)]),
    ...labelled('bytes', bytesLines(finding)),
    ...labelled('because', objections(finding).slice(0, MOST_VALUES).map(brief)),
    ...labelled('expected', expected),
    ...labelled('observed', finding.incident === undefined ? observed : incidentLines(finding.incident)),
    ...labelled('also', finding.also === undefined ? [] : [`breaks ${finding.also.join(', ')}`]),
    ...labelled('again', againLines(finding.recurrence)),
    ...labelled('replay', [replay, ...inlineLines(finding)]),
    visible``,
  ]);
}

/** What was expected and what was observed, in lines. */
function sidesOf({ exported, expected, observed }: Finding): Pick<ExportEvidence, 'expected' | 'observed'> {
  return exported ?? { expected: outcomeLines(expected), observed: outcomeLines(observed) };
}

/** What the subject was given: a load, or what an exporter was asked. */
function askedLines({ case: one, exported }: Finding): readonly string[] {
  return exported === undefined ? requestLines(one.request) : exportLines(exported.case.request);
}

const brief = (text: string): VisibleText => briefly(text);

/**
 * The budgets, and what else is marked; a header without a fault where the clause is about blobs.
 */
function bytesLines(finding: Finding): readonly string[] {
  const isAboutBlobs = areaOf(finding.clause)?.name === 'blob';
  const told = bytesThatMatter(finding).filter(
    ({ of, mark }) => mark !== null || of === 'budget' || isAboutBlobs,
  );
  const more = told.length - MOST_VALUES;
  return [
    ...told.slice(0, MOST_VALUES).flatMap((one) => [`${one.title}: ${quoted(one)}`, `  ${hexText(one)}`]),
    ...(more > 0 ? [`and ${more} more values`] : []),
  ];
}

function quoted({ bytes, at, mark }: ShownBytes): string {
  return quoteBytes(bytes, mark === null ? null : mark.from - at);
}

/** The same for who has the log alone; nothing where the case is too long for a command. */
function inlineLines(finding: Finding): readonly string[] {
  const text = inlineCase(replayedJson(finding));
  return text.length > LONGEST_INLINE ? [] : [`without that file: --case ${text}`];
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
